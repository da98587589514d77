-- AlterTable
ALTER TABLE "unkept_frames" ADD COLUMN     "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "unkept_clips" (
    "clip_id" UUID NOT NULL,
    "file_path" TEXT NOT NULL,
    "duration_seconds" DOUBLE PRECISION NOT NULL,
    "machine" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "unkept_clips_pkey" PRIMARY KEY ("clip_id")
);

-- AddForeignKey
ALTER TABLE "unkept_clips" ADD CONSTRAINT "unkept_clips_clip_id_fkey" FOREIGN KEY ("clip_id") REFERENCES "video_clips"("id") ON DELETE CASCADE ON UPDATE CASCADE;
