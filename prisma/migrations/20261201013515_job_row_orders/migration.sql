-- CreateIndex
CREATE INDEX "job_rows_job_id_cost_micro_usd_id_idx" ON "job_rows"("job_id", "cost_micro_usd", "id");

-- CreateIndex
CREATE INDEX "job_rows_job_id_duration_seconds_id_idx" ON "job_rows"("job_id", "duration_seconds", "id");
