-- Films from outside: what is on its way into the library, and what is known of them there.
-- CreateEnum
CREATE TYPE "IngestSource" AS ENUM ('URL', 'UPLOAD', 'PATH');

-- AlterEnum
ALTER TYPE "RunKind" ADD VALUE 'INGEST';

-- AlterEnum
ALTER TYPE "RunStage" ADD VALUE 'FETCH';
ALTER TYPE "RunStage" ADD VALUE 'PROBE';

-- AlterTable
ALTER TABLE "pipeline_runs" ADD COLUMN     "ingest_id" UUID;

-- AlterTable
ALTER TABLE "videos" ADD COLUMN     "audio_channels" INTEGER,
ADD COLUMN     "audio_tracks" INTEGER,
ADD COLUMN     "language" TEXT,
ADD COLUMN     "loudness_lufs" DOUBLE PRECISION,
ADD COLUMN     "peaks_path" TEXT,
ADD COLUMN     "proxy_path" TEXT,
ADD COLUMN     "rotation_degrees" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "sha256" TEXT,
ADD COLUMN     "sprite_every_seconds" INTEGER,
ADD COLUMN     "sprite_path" TEXT,
ADD COLUMN     "subtitle_streams" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "true_peak_db" DOUBLE PRECISION;

-- CreateTable
CREATE TABLE "ingests" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "source" "IngestSource" NOT NULL,
    "source_url" TEXT,
    "server_name" TEXT,
    "upload_id" UUID,
    "title" TEXT NOT NULL,
    "identifier" TEXT,
    "language" TEXT,
    "sha256" TEXT,
    "file_path" TEXT,
    "video_id" UUID,
    "video_since" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ingests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ingests_workspace_id_created_at_id_idx" ON "ingests"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "ingests_video_id_idx" ON "ingests"("video_id");

-- CreateIndex
CREATE INDEX "ingests_file_path_idx" ON "ingests"("file_path");

-- CreateIndex
CREATE INDEX "pipeline_runs_ingest_id_created_at_idx" ON "pipeline_runs"("ingest_id", "created_at");

-- CreateIndex
CREATE INDEX "videos_proxy_path_idx" ON "videos"("proxy_path");

-- CreateIndex
CREATE INDEX "videos_peaks_path_idx" ON "videos"("peaks_path");

-- CreateIndex
CREATE INDEX "videos_sprite_path_idx" ON "videos"("sprite_path");

-- CreateIndex
CREATE UNIQUE INDEX "videos_workspace_id_sha256_key" ON "videos"("workspace_id", "sha256");

-- AddForeignKey
ALTER TABLE "ingests" ADD CONSTRAINT "ingests_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ingests" ADD CONSTRAINT "ingests_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "videos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pipeline_runs" ADD CONSTRAINT "pipeline_runs_ingest_id_fkey" FOREIGN KEY ("ingest_id") REFERENCES "ingests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "pipeline_runs" DROP CONSTRAINT "pipeline_runs_one_subject";
ALTER TABLE "pipeline_runs" ADD CONSTRAINT "pipeline_runs_one_subject"
  CHECK (num_nonnulls("project_id", "video_id", "ingest_id") = 1);
-- As of a video: two launches at once, and exactly one wins. Prisma has no partial unique index.
CREATE UNIQUE INDEX pipeline_runs_one_live_per_ingest ON pipeline_runs (ingest_id)
  WHERE status IN ('QUEUED', 'RUNNING', 'PAUSED');

-- As text: a value that was added just now cannot be used in the same transaction.
ALTER TABLE "ingests" ADD CONSTRAINT "ingests_one_source" CHECK (
  num_nonnulls("source_url", "server_name", "upload_id") = 1
  AND ("source"::text = 'URL') = ("source_url" IS NOT NULL)
  AND ("source"::text = 'PATH') = ("server_name" IS NOT NULL)),
  ADD CONSTRAINT "ingests_sha256" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "ingests_video_since" CHECK (("video_id" IS NULL) = ("video_since" IS NULL));
ALTER TABLE "videos"
  ADD CONSTRAINT "videos_sha256" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "videos_rotation" CHECK ("rotation_degrees" IN (0, 90, 180, 270)),
  ADD CONSTRAINT "videos_sound" CHECK ("audio_channels" > 0 AND "audio_tracks" >= 0),
  ADD CONSTRAINT "videos_sprite" CHECK (("sprite_path" IS NULL) = ("sprite_every_seconds" IS NULL) AND "sprite_every_seconds" > 0);
