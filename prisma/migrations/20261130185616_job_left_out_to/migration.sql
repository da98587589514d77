-- AlterTable
ALTER TABLE "jobs" ADD COLUMN     "left_out_to" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "with_duplicates" BOOLEAN NOT NULL DEFAULT false;

-- Jobs that were confirmed before have left out what they leave out.
UPDATE jobs SET left_out_to = 2147483647 WHERE started_at IS NOT NULL;
