-- CreateEnum
CREATE TYPE "LedgerEntryKind" AS ENUM ('RESERVE', 'SETTLE', 'RELEASE', 'UNKNOWN');

-- AlterTable
ALTER TABLE "pipeline_runs" DROP COLUMN "settled_cost_micro_usd",
ADD COLUMN     "max_cost_cents" INTEGER;

-- AlterTable
ALTER TABLE "projects" ADD COLUMN     "max_cost_cents" INTEGER;

-- AlterTable
ALTER TABLE "workspaces" ADD COLUMN     "max_cost_cents" INTEGER,
ADD COLUMN     "max_daily_cost_cents" INTEGER;

-- CreateTable
CREATE TABLE "ledger_entries" (
    "id" UUID NOT NULL,
    "kind" "LedgerEntryKind" NOT NULL,
    "operation_key" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "amount_micro_usd" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "workspace_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "scene_id" UUID,
    "provider" "Provider" NOT NULL,
    "model" TEXT NOT NULL,
    "call" TEXT NOT NULL,
    "provider_request_id" TEXT,
    "usage" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_balances" (
    "scope" TEXT NOT NULL,
    "settled_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "reserved_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "unknown_micro_usd" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "ledger_balances_pkey" PRIMARY KEY ("scope")
);

-- CreateIndex
CREATE INDEX "ledger_entries_subject_idx" ON "ledger_entries"("subject");

-- CreateIndex
CREATE INDEX "ledger_entries_workspace_id_created_at_id_idx" ON "ledger_entries"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "ledger_entries_workspace_id_day_idx" ON "ledger_entries"("workspace_id", "day");

-- CreateIndex
CREATE INDEX "ledger_entries_project_id_created_at_idx" ON "ledger_entries"("project_id", "created_at");

-- CreateIndex
CREATE INDEX "ledger_entries_run_id_created_at_idx" ON "ledger_entries"("run_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_operation_key_kind_key" ON "ledger_entries"("operation_key", "kind");
