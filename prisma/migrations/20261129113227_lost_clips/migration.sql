-- AlterEnum
ALTER TYPE "VideoClipStatus" ADD VALUE 'LOST';

-- AlterTable
ALTER TABLE "video_clips" ADD COLUMN "done_at" TIMESTAMPTZ(3);

-- Since when nobody wrote down: their files' time begins now.
UPDATE "video_clips" SET "done_at" = now() WHERE "gcs_uri" IS NOT NULL AND "status" <> 'COMPLETE';
