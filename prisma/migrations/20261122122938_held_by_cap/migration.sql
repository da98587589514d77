-- CreateEnum
CREATE TYPE "CostCap" AS ENUM ('RUN', 'PROJECT', 'DAY', 'WORKSPACE');

-- AlterTable
ALTER TABLE "pipeline_runs" ADD COLUMN     "held_at" TIMESTAMPTZ(3),
ADD COLUMN     "held_by_cap" "CostCap";

-- Until now only the message told which cap it was.
UPDATE "pipeline_runs"
SET "held_at" = now(),
    "held_by_cap" = CASE
      WHEN "error_message" LIKE 'The cap of the run %' THEN 'RUN'
      WHEN "error_message" LIKE 'The cap of the project %' THEN 'PROJECT'
      WHEN "error_message" LIKE 'The cap of the day %' THEN 'DAY'
      ELSE 'WORKSPACE'
    END::"CostCap"
WHERE "error_code" = 'BUDGET_EXCEEDED' AND "status" IN ('QUEUED', 'RUNNING', 'PAUSED');

ALTER TABLE "pipeline_runs"
  ADD CONSTRAINT "pipeline_runs_held" CHECK (("held_by_cap" IS NULL) = ("held_at" IS NULL));
