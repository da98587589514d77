-- CreateEnum
CREATE TYPE "JobKind" AS ENUM ('FILM');

-- CreateEnum
CREATE TYPE "JobStatus" AS ENUM ('PENDING', 'RUNNING', 'PAUSED', 'COMPLETED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "JobRowStatus" AS ENUM ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'NEEDS_REVIEW', 'SKIPPED');

-- AlterTable
ALTER TABLE "pipeline_runs" ADD COLUMN     "held_micro_usd" BIGINT,
ADD COLUMN     "held_scope" TEXT,
ADD COLUMN     "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "jobs" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "original_command" TEXT NOT NULL,
    "kind" "JobKind" NOT NULL,
    "status" "JobStatus" NOT NULL DEFAULT 'PENDING',
    "columns" TEXT[],
    "mapping" JSONB NOT NULL DEFAULT '{}',
    "defaults" JSONB NOT NULL DEFAULT '{}',
    "source" JSONB NOT NULL DEFAULT '{}',
    "source_key" TEXT,
    "digest" TEXT NOT NULL DEFAULT '',
    "facts" JSONB NOT NULL DEFAULT '{}',
    "total_rows" INTEGER NOT NULL DEFAULT 0,
    "processed_rows" INTEGER NOT NULL DEFAULT 0,
    "successful_rows" INTEGER NOT NULL DEFAULT 0,
    "partial_rows" INTEGER NOT NULL DEFAULT 0,
    "failed_rows" INTEGER NOT NULL DEFAULT 0,
    "review_rows" INTEGER NOT NULL DEFAULT 0,
    "skipped_rows" INTEGER NOT NULL DEFAULT 0,
    "processing_rows" INTEGER NOT NULL DEFAULT 0,
    "invalid_rows" INTEGER NOT NULL DEFAULT 0,
    "duplicate_rows" INTEGER NOT NULL DEFAULT 0,
    "expected_seconds" DOUBLE PRECISION,
    "concurrency" INTEGER NOT NULL DEFAULT 4,
    "max_row_cost_cents" INTEGER,
    "error_code" TEXT,
    "error_message" TEXT,
    "held_scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "held_micro_usd" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "previewed_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "leased_until" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_rows" (
    "id" UUID NOT NULL,
    "job_id" UUID NOT NULL,
    "row_number" INTEGER NOT NULL,
    "row_checksum" TEXT NOT NULL,
    "cells" TEXT[],
    "input" JSONB NOT NULL,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "duplicate_of" JSONB,
    "status" "JobRowStatus" NOT NULL DEFAULT 'PENDING',
    "has_gaps" BOOLEAN NOT NULL DEFAULT false,
    "project_id" UUID,
    "run_id" UUID,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "low_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "likely_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "high_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "cost_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "error_code" TEXT,
    "error_message" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "duration_seconds" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "job_rows_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "jobs_workspace_id_created_at_id_idx" ON "jobs"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "job_rows_job_id_status_row_number_idx" ON "job_rows"("job_id", "status", "row_number");

-- CreateIndex
CREATE INDEX "job_rows_run_id_idx" ON "job_rows"("run_id");

-- CreateIndex
CREATE INDEX "job_rows_project_id_idx" ON "job_rows"("project_id");

-- CreateIndex
CREATE INDEX "job_rows_row_checksum_idx" ON "job_rows"("row_checksum");

-- CreateIndex
CREATE UNIQUE INDEX "job_rows_job_id_row_number_key" ON "job_rows"("job_id", "row_number");

-- AddForeignKey
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_rows" ADD CONSTRAINT "job_rows_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_rows" ADD CONSTRAINT "job_rows_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_rows" ADD CONSTRAINT "job_rows_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "pipeline_runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE jobs ADD CONSTRAINT jobs_concurrency_check CHECK (concurrency BETWEEN 1 AND 100);
ALTER TABLE jobs ADD CONSTRAINT jobs_max_row_cost_check CHECK (max_row_cost_cents >= 0);
ALTER TABLE job_rows ADD CONSTRAINT job_rows_row_number_check CHECK (row_number > 0);
-- Only what could start has started, and what waits for a person has ended.
ALTER TABLE job_rows ADD CONSTRAINT job_rows_completed_check
  CHECK ((completed_at IS NULL) = (status IN ('PENDING', 'PROCESSING')));

-- Counters always equal the rows, whoever writes them: they follow each statement. A function each, for a trigger sees
-- only the tables that its event has.
CREATE FUNCTION count_added_job_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE jobs j SET
      total_rows = j.total_rows + d.total_rows,
      processed_rows = j.processed_rows + d.processed_rows,
      successful_rows = j.successful_rows + d.successful_rows,
      partial_rows = j.partial_rows + d.partial_rows,
      failed_rows = j.failed_rows + d.failed_rows,
      review_rows = j.review_rows + d.review_rows,
      skipped_rows = j.skipped_rows + d.skipped_rows,
      processing_rows = j.processing_rows + d.processing_rows,
      invalid_rows = j.invalid_rows + d.invalid_rows,
      duplicate_rows = j.duplicate_rows + d.duplicate_rows
    FROM (
      SELECT job_id,
        sum(sign)::integer AS total_rows,
        coalesce(sum(sign) FILTER (WHERE status NOT IN ('PENDING', 'PROCESSING')), 0)::integer AS processed_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'COMPLETED'), 0)::integer AS successful_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'COMPLETED' AND has_gaps), 0)::integer AS partial_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'FAILED'), 0)::integer AS failed_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'NEEDS_REVIEW'), 0)::integer AS review_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'SKIPPED'), 0)::integer AS skipped_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'PROCESSING'), 0)::integer AS processing_rows,
        coalesce(sum(sign) FILTER (WHERE problems <> '[]'), 0)::integer AS invalid_rows,
        coalesce(sum(sign) FILTER (WHERE duplicate_of IS NOT NULL), 0)::integer AS duplicate_rows
      FROM (SELECT *, 1 AS sign FROM added) changed
      GROUP BY job_id
    ) d
    -- Not for rows that lose their project: that would wait for the job, and its worker for the project.
    WHERE j.id = d.job_id AND (d.total_rows, d.processed_rows, d.successful_rows, d.partial_rows, d.failed_rows, d.review_rows, d.skipped_rows, d.processing_rows, d.invalid_rows, d.duplicate_rows) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  RETURN NULL;
END $$;

CREATE FUNCTION count_removed_job_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE jobs j SET
      total_rows = j.total_rows + d.total_rows,
      processed_rows = j.processed_rows + d.processed_rows,
      successful_rows = j.successful_rows + d.successful_rows,
      partial_rows = j.partial_rows + d.partial_rows,
      failed_rows = j.failed_rows + d.failed_rows,
      review_rows = j.review_rows + d.review_rows,
      skipped_rows = j.skipped_rows + d.skipped_rows,
      processing_rows = j.processing_rows + d.processing_rows,
      invalid_rows = j.invalid_rows + d.invalid_rows,
      duplicate_rows = j.duplicate_rows + d.duplicate_rows
    FROM (
      SELECT job_id,
        sum(sign)::integer AS total_rows,
        coalesce(sum(sign) FILTER (WHERE status NOT IN ('PENDING', 'PROCESSING')), 0)::integer AS processed_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'COMPLETED'), 0)::integer AS successful_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'COMPLETED' AND has_gaps), 0)::integer AS partial_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'FAILED'), 0)::integer AS failed_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'NEEDS_REVIEW'), 0)::integer AS review_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'SKIPPED'), 0)::integer AS skipped_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'PROCESSING'), 0)::integer AS processing_rows,
        coalesce(sum(sign) FILTER (WHERE problems <> '[]'), 0)::integer AS invalid_rows,
        coalesce(sum(sign) FILTER (WHERE duplicate_of IS NOT NULL), 0)::integer AS duplicate_rows
      FROM (SELECT *, -1 AS sign FROM removed) changed
      GROUP BY job_id
    ) d
    -- Not for rows that lose their project: that would wait for the job, and its worker for the project.
    WHERE j.id = d.job_id AND (d.total_rows, d.processed_rows, d.successful_rows, d.partial_rows, d.failed_rows, d.review_rows, d.skipped_rows, d.processing_rows, d.invalid_rows, d.duplicate_rows) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  RETURN NULL;
END $$;

CREATE FUNCTION count_changed_job_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE jobs j SET
      total_rows = j.total_rows + d.total_rows,
      processed_rows = j.processed_rows + d.processed_rows,
      successful_rows = j.successful_rows + d.successful_rows,
      partial_rows = j.partial_rows + d.partial_rows,
      failed_rows = j.failed_rows + d.failed_rows,
      review_rows = j.review_rows + d.review_rows,
      skipped_rows = j.skipped_rows + d.skipped_rows,
      processing_rows = j.processing_rows + d.processing_rows,
      invalid_rows = j.invalid_rows + d.invalid_rows,
      duplicate_rows = j.duplicate_rows + d.duplicate_rows
    FROM (
      SELECT job_id,
        sum(sign)::integer AS total_rows,
        coalesce(sum(sign) FILTER (WHERE status NOT IN ('PENDING', 'PROCESSING')), 0)::integer AS processed_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'COMPLETED'), 0)::integer AS successful_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'COMPLETED' AND has_gaps), 0)::integer AS partial_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'FAILED'), 0)::integer AS failed_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'NEEDS_REVIEW'), 0)::integer AS review_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'SKIPPED'), 0)::integer AS skipped_rows,
        coalesce(sum(sign) FILTER (WHERE status = 'PROCESSING'), 0)::integer AS processing_rows,
        coalesce(sum(sign) FILTER (WHERE problems <> '[]'), 0)::integer AS invalid_rows,
        coalesce(sum(sign) FILTER (WHERE duplicate_of IS NOT NULL), 0)::integer AS duplicate_rows
      FROM (SELECT *, 1 AS sign FROM added UNION ALL SELECT *, -1 AS sign FROM removed) changed
      GROUP BY job_id
    ) d
    -- Not for rows that lose their project: that would wait for the job, and its worker for the project.
    WHERE j.id = d.job_id AND (d.total_rows, d.processed_rows, d.successful_rows, d.partial_rows, d.failed_rows, d.review_rows, d.skipped_rows, d.processing_rows, d.invalid_rows, d.duplicate_rows) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  RETURN NULL;
END $$;

CREATE TRIGGER count_added AFTER INSERT ON job_rows REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION count_added_job_rows();
CREATE TRIGGER count_removed AFTER DELETE ON job_rows REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION count_removed_job_rows();
CREATE TRIGGER count_changed AFTER UPDATE ON job_rows REFERENCING NEW TABLE AS added OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_job_rows();

CREATE TRIGGER forget_cap AFTER DELETE ON jobs FOR EACH ROW EXECUTE FUNCTION forget_cap('job');
CREATE TRIGGER forget_cap AFTER DELETE ON job_rows FOR EACH ROW EXECUTE FUNCTION forget_cap('job_row');

-- Jobs that a worker may have something to do for; few, however many there were.
CREATE INDEX jobs_at_work_idx ON jobs (leased_until) WHERE status IN ('RUNNING', 'PAUSED', 'CANCELLED');

-- Files are looked for by their keys.
CREATE INDEX jobs_source_key_idx ON jobs (source_key) WHERE source_key IS NOT NULL;
