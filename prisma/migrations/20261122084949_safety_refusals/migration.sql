-- CreateEnum
CREATE TYPE "RefusedInput" AS ENUM ('PROMPT', 'START_FRAME', 'END_FRAME', 'FRAMES', 'RESULT', 'UNKNOWN');

-- CreateTable
CREATE TABLE "safety_refusals" (
    "id" UUID NOT NULL,
    "scene_id" UUID NOT NULL,
    "input" "RefusedInput" NOT NULL,
    "reason" TEXT NOT NULL,
    "next_softening" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "safety_refusals_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "safety_refusals_scene_id_idx" ON "safety_refusals"("scene_id");

-- AddForeignKey
ALTER TABLE "safety_refusals" ADD CONSTRAINT "safety_refusals_scene_id_fkey" FOREIGN KEY ("scene_id") REFERENCES "scenes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- How far prompts can be softened for a next try (`Softening`); Prisma cannot express CHECKs.
ALTER TABLE "safety_refusals"
  ADD CONSTRAINT "safety_refusals_next_softening" CHECK ("next_softening" BETWEEN 1 AND 2);
