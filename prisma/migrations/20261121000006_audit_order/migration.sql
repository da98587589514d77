-- The log is numbered in commit order: a reader that has seen entry N never misses one below N.
--
-- A plain sequence is drawn at INSERT, so a slow transaction may hold 41 while 42 is already read.
-- Here the number is drawn by a trigger deferred to the end of the transaction, under a lock held
-- until the commit is visible. It costs no concurrency: NOTIFY already takes a lock of the same
-- kind at the same moment. Being taken last, the lock cannot deadlock with row locks.
CREATE SEQUENCE audit_logs_sequence_seq AS bigint OWNED BY audit_logs.sequence;

CREATE FUNCTION number_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  number bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(5271009, 1);
  UPDATE audit_logs SET sequence = nextval('audit_logs_sequence_seq') WHERE id = NEW.id RETURNING sequence INTO number;
  -- Ids only: a payload is limited to 8,000 bytes, and readers read the log anyway.
  PERFORM pg_notify('vidpipe_audit', json_build_object(
    'sequence', number::text, 'workspaceId', NEW.workspace_id, 'projectId', NEW.project_id, 'runId', NEW.run_id,
    'subjectType', NEW.subject_type, 'subjectId', NEW.subject_id)::text);
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER number_audit_log AFTER INSERT ON audit_logs
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION number_audit_log();
