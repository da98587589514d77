-- AlterTable
ALTER TABLE "scenes" ADD COLUMN     "softening" INTEGER NOT NULL DEFAULT 0;

-- Prisma knows no CHECK: the ladder has two rungs beyond the prompt as it is written.
ALTER TABLE "scenes" ADD CONSTRAINT "scenes_softening_range" CHECK ("softening" BETWEEN 0 AND 2);
