-- It held any address of a finished clip; which of them are in Cloud Storage is read from it.
-- By hand: Prisma would drop what it cannot see was renamed.
ALTER TABLE "video_clips" RENAME COLUMN "gcs_uri" TO "result_uri";
