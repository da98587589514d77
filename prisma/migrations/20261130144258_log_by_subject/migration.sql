-- All that was told of one thing, deleted or not (`auditLog(filter: {subject})`). By measurement on PostgreSQL 15, with 500,000
-- entries (test/db/audit-log-index.long.test.ts): a page takes 0.1 ms, and 140 to 160 ms without it. To write and number
-- 20,000 entries takes about a tenth longer, 1.6 s for 1.5. An id is of one type only, so the type is not in it.
-- Other filters have no index of their own: a page of errors, one entry in a thousand, takes 7 to 12 ms; one of which no entry
-- is found in the whole log 125 ms at most. A span of time is found by the primary key (src/features/audit/log/log-time.ts).
-- CreateIndex
CREATE INDEX "audit_logs_subject_id_sequence_idx" ON "audit_logs"("subject_id", "sequence");
