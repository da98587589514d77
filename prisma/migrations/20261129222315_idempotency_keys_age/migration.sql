-- Old keys are deleted each hour, of all workspaces at once: without it each round reads the whole table.
-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");
