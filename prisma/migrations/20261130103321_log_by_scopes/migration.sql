-- What an entry is told of, besides its subject, is named by scopes, as in the ledger: the log knows none of the things.
-- FIGURES
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
