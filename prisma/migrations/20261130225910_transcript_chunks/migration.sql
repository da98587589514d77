-- CreateEnum
CREATE TYPE "AskStatus" AS ENUM ('PENDING', 'ANSWERED', 'FAILED');

-- CreateTable
CREATE TABLE "transcript_chunks" (
    "id" UUID NOT NULL,
    "video_id" UUID NOT NULL,
    "chunk_index" INTEGER NOT NULL,
    "start_seconds" DOUBLE PRECISION NOT NULL,
    "end_seconds" DOUBLE PRECISION NOT NULL,
    "language" TEXT,
    "has_speakers" BOOLEAN NOT NULL DEFAULT false,
    "status" "AskStatus" NOT NULL DEFAULT 'PENDING',
    "heard" JSONB,
    "error_code" TEXT,
    "error_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "transcript_chunks_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "transcript_chunks_video_id_chunk_index_key" ON "transcript_chunks"("video_id", "chunk_index");

-- AddForeignKey
ALTER TABLE "transcript_chunks" ADD CONSTRAINT "transcript_chunks_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "videos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "transcript_chunks"
  ADD CONSTRAINT "transcript_chunks_stretch" CHECK (chunk_index >= 0 AND start_seconds >= 0 AND end_seconds > start_seconds),
  ADD CONSTRAINT "transcript_chunks_answer" CHECK ((status = 'ANSWERED') = (heard IS NOT NULL)),
  ADD CONSTRAINT "transcript_chunks_error" CHECK ((status = 'FAILED') = (error_code IS NOT NULL) AND (error_code IS NULL) = (error_message IS NULL));
