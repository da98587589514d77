-- What was written stays as it was: the only change an entry ever sees is getting its number.
CREATE FUNCTION keep_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.sequence IS NULL AND (to_jsonb(OLD) - 'sequence') = (to_jsonb(NEW) - 'sequence') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'audit_logs is append-only';
END $$;

CREATE TRIGGER keep_audit_log BEFORE UPDATE ON audit_logs
  FOR EACH ROW EXECUTE FUNCTION keep_audit_log();
