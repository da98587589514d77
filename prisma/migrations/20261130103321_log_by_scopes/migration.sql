-- What an entry is told of, besides its subject, is named by scopes, as in the ledger: the log knows none of the things.
--
-- A GIN index on them, by measurement, with 500,000 entries of 2,000 projects and five runs of each, one project in every
-- 25th entry (test/db/log-index.long.test.ts): a page of 100 after a cursor, or the newest, takes 0.7 to 1.0 ms on
-- PostgreSQL 15 for one project of the many (its 240 entries are found and sorted), 1.0 to 1.4 ms for the busiest (the
-- order of the log is walked, 2,500 entries), less than 0.1 ms for one of which nothing is told; 0.2 to 10 ms in the
-- embedded PGlite. The two B-trees that it replaces took 1.1 ms for such a page, and 39 MB where it takes 5. To write and
-- number 20,000 entries took 11.0 s with them and 14.7 s with it on a busy machine, 27.6 and 27.8 on a busier one.
-- A narrow table (scope, sequence) took 23.9 and 59.1 s, and 174 MB, to read as fast, but 25 ms for the busiest.
-- Without its list of pending entries: each read would go through that (10 ms more once it is full), and some writer
-- would empty it, perhaps while all others wait for their numbers. With the list it took longer, not less (27.8 to 23.6 s).
ALTER TABLE "audit_logs" ADD COLUMN "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[];
-- Written anew by the change of type, and not by UPDATE, which the log refuses. Numbers stay: cursors go on.
ALTER TABLE "audit_logs" ALTER COLUMN "scopes" DROP DEFAULT,
  ALTER COLUMN "scopes" TYPE TEXT[] USING array_remove(ARRAY['project:' || project_id, 'run:' || run_id], NULL),
  ALTER COLUMN "scopes" SET DEFAULT ARRAY[]::TEXT[],
  ALTER COLUMN "scopes" SET NOT NULL;
DROP INDEX "audit_logs_project_id_sequence_idx";
DROP INDEX "audit_logs_run_id_sequence_idx";
ALTER TABLE "audit_logs" DROP COLUMN "project_id", DROP COLUMN "run_id";
CREATE INDEX "audit_logs_scopes_idx" ON "audit_logs" USING GIN ("scopes") WITH (fastupdate = off);

CREATE OR REPLACE FUNCTION number_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  number bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(5271009, 1);
  UPDATE audit_logs SET sequence = nextval('audit_logs_sequence_seq') WHERE id = NEW.id RETURNING sequence INTO number;
  -- Ids only: a payload is limited to 8,000 bytes, and readers read the log anyway.
  PERFORM pg_notify('vidpipe_audit', json_build_object(
    'sequence', number::text, 'workspaceId', NEW.workspace_id,
    'subjectType', NEW.subject_type, 'subjectId', NEW.subject_id)::text);
  RETURN NULL;
END $$;

-- No entry of the ledger counts for nobody, whatever writes it.
ALTER TABLE "ledger_entries" ALTER COLUMN "scopes" SET NOT NULL;
