-- CreateEnum
CREATE TYPE "MomentsScope" AS ENUM ('FULL', 'MOMENTS_ONLY', 'CLIPS_ONLY');

-- AlterEnum
ALTER TYPE "RunKind" ADD VALUE 'MOMENTS';

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "RunStage" ADD VALUE 'EXTRACT_AUDIO';
ALTER TYPE "RunStage" ADD VALUE 'TRANSCRIBE';
ALTER TYPE "RunStage" ADD VALUE 'FIND_MOMENTS';
ALTER TYPE "RunStage" ADD VALUE 'CUT_CLIPS';
ALTER TYPE "RunStage" ADD VALUE 'THUMBNAILS';

-- AlterTable
ALTER TABLE "clips" ADD COLUMN     "cut_digest" TEXT,
ADD COLUMN     "words" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "moments" ADD COLUMN     "clip_error_code" TEXT,
ADD COLUMN     "clip_error_message" TEXT;

-- AlterTable
ALTER TABLE "pipeline_runs" ADD COLUMN     "generation_config_id" UUID,
ADD COLUMN     "identifier" TEXT,
ADD COLUMN     "moments_scope" "MomentsScope",
ADD COLUMN     "skipped_stages" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "total_clips" INTEGER,
ADD COLUMN     "total_moments" INTEGER;

-- CreateTable
CREATE TABLE "video_surveys" (
    "video_id" UUID NOT NULL,
    "shot_changes" JSONB NOT NULL,
    "levels" JSONB NOT NULL,
    "level_step_seconds" DOUBLE PRECISION NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "video_surveys_pkey" PRIMARY KEY ("video_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "pipeline_runs_identifier_key" ON "pipeline_runs"("identifier");

-- CreateIndex
CREATE INDEX "pipeline_runs_generation_config_id_idx" ON "pipeline_runs"("generation_config_id");

-- AddForeignKey
ALTER TABLE "video_surveys" ADD CONSTRAINT "video_surveys_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "videos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pipeline_runs" ADD CONSTRAINT "pipeline_runs_generation_config_id_fkey" FOREIGN KEY ("generation_config_id") REFERENCES "generation_configs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- As text: a value that was added just now cannot be used in the same transaction.
ALTER TABLE "pipeline_runs"
  ADD CONSTRAINT "pipeline_runs_moments_scope" CHECK ((kind::text = 'MOMENTS') = (moments_scope IS NOT NULL)),
  ADD CONSTRAINT "pipeline_runs_totals" CHECK (total_moments >= 0 AND total_clips >= 0);
ALTER TABLE "moments"
  ADD CONSTRAINT "moments_clip_error" CHECK ((clip_error_code IS NULL) = (clip_error_message IS NULL));
ALTER TABLE "video_surveys"
  ADD CONSTRAINT "video_surveys_level_step" CHECK (level_step_seconds > 0);
