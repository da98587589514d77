-- AlterTable
ALTER TABLE "jobs" DROP COLUMN "facts";
