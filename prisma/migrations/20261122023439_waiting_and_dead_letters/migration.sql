-- CreateEnum
CREATE TYPE "RunPriority" AS ENUM ('INTERACTIVE', 'BATCH');

-- AlterTable
ALTER TABLE "pipeline_runs" ADD COLUMN     "priority" "RunPriority" NOT NULL DEFAULT 'INTERACTIVE';

-- AlterTable
ALTER TABLE "video_clips" ADD COLUMN     "next_poll_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "dead_letters" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "attempts" INTEGER NOT NULL,
    "error_code" TEXT NOT NULL,
    "error_message" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "replayed_at" TIMESTAMPTZ(3),

    CONSTRAINT "dead_letters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_calls" (
    "id" UUID NOT NULL,
    "provider" "Provider" NOT NULL,
    "call" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "provider_calls_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "dead_letters_run_id_created_at_idx" ON "dead_letters"("run_id", "created_at");

-- CreateIndex
CREATE INDEX "provider_calls_provider_call_started_at_idx" ON "provider_calls"("provider", "call", "started_at");

-- AddForeignKey
ALTER TABLE "dead_letters" ADD CONSTRAINT "dead_letters_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "pipeline_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
