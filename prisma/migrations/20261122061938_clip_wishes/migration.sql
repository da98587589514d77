-- AlterTable
ALTER TABLE "projects" ADD COLUMN     "negative_prompt" TEXT,
ADD COLUMN     "seed" INTEGER,
ADD COLUMN     "sound" BOOLEAN NOT NULL DEFAULT true;
