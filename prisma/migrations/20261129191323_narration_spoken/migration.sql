-- AlterTable
ALTER TABLE "scenes" ADD COLUMN     "spoken_narration" TEXT;
