-- Balances follow from the ledger: each entry moves them as it is written, whoever writes it.

-- Lets the writers of a workspace come one after another. Always in the order of the scopes, or they deadlock.
CREATE FUNCTION hold_balances(scopes text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ledger_balances (scope) SELECT scope FROM unnest(scopes) AS scope ORDER BY scope ON CONFLICT DO NOTHING;
  PERFORM 1 FROM ledger_balances WHERE scope = ANY (scopes) ORDER BY scope FOR UPDATE;
END $$;

CREATE FUNCTION balance_scopes(workspace uuid, project uuid, run uuid, day date) RETURNS text[]
LANGUAGE sql IMMUTABLE RETURN
  ARRAY['workspace:' || workspace, 'project:' || project, 'run:' || run, 'day:' || workspace || ':' || to_char(day, 'YYYY-MM-DD')];

CREATE FUNCTION book_ledger_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  scopes text[] := balance_scopes(NEW.workspace_id, NEW.project_id, NEW.run_id, NEW.day);
  held bigint;
  was_unknown boolean;
BEGIN
  -- First the lock, then the look: of two entries about one call the second must see the first.
  PERFORM hold_balances(scopes);
  IF NEW.kind = 'RESERVE' THEN
    UPDATE ledger_balances SET reserved_micro_usd = reserved_micro_usd + NEW.amount_micro_usd WHERE scope = ANY (scopes);
    RETURN NEW;
  END IF;

  SELECT amount_micro_usd INTO held FROM ledger_entries WHERE operation_key = NEW.operation_key AND kind = 'RESERVE';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'ledger: % of %, for which nothing was reserved', NEW.kind, NEW.operation_key;
  END IF;
  IF EXISTS (SELECT FROM ledger_entries WHERE operation_key = NEW.operation_key AND kind IN ('SETTLE', 'RELEASE')) THEN
    RAISE EXCEPTION 'ledger: % of %, which is closed', NEW.kind, NEW.operation_key;
  END IF;
  IF NEW.kind = 'UNKNOWN' THEN
    UPDATE ledger_balances SET reserved_micro_usd = reserved_micro_usd - held, unknown_micro_usd = unknown_micro_usd + held
    WHERE scope = ANY (scopes);
    RETURN NEW;
  END IF;

  was_unknown := EXISTS (SELECT FROM ledger_entries WHERE operation_key = NEW.operation_key AND kind = 'UNKNOWN');
  UPDATE ledger_balances SET
    reserved_micro_usd = reserved_micro_usd - CASE WHEN was_unknown THEN 0 ELSE held END,
    unknown_micro_usd = unknown_micro_usd - CASE WHEN was_unknown THEN held ELSE 0 END,
    settled_micro_usd = settled_micro_usd + CASE WHEN NEW.kind = 'SETTLE' THEN NEW.amount_micro_usd ELSE 0 END
  WHERE scope = ANY (scopes);
  RETURN NEW;
END $$;

CREATE TRIGGER book_ledger_entry BEFORE INSERT ON ledger_entries
  FOR EACH ROW EXECUTE FUNCTION book_ledger_entry();
