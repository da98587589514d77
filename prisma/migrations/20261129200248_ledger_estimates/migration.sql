-- AlterTable
ALTER TABLE "ledger_balances" ADD COLUMN     "estimated_micro_usd" BIGINT NOT NULL DEFAULT 0;

-- Of what is settled, what is booked by an estimate is kept apart, as the trigger keeps the rest.
CREATE OR REPLACE FUNCTION book_ledger_entry() RETURNS trigger LANGUAGE plpgsql AS $$
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
    settled_micro_usd = settled_micro_usd + CASE WHEN NEW.kind = 'SETTLE' THEN NEW.amount_micro_usd ELSE 0 END,
    estimated_micro_usd = estimated_micro_usd
      + CASE WHEN NEW.kind = 'SETTLE' AND NEW.is_estimate THEN NEW.amount_micro_usd ELSE 0 END
  WHERE scope = ANY (scopes);
  RETURN NEW;
END $$;

-- The table is locked since its column was added: nobody books meanwhile.
UPDATE ledger_balances b SET estimated_micro_usd = e.amount
FROM (
  SELECT scope, sum(amount_micro_usd) AS amount
  FROM ledger_entries, unnest(balance_scopes(workspace_id, project_id, run_id, day)) AS scope
  WHERE kind = 'SETTLE' AND is_estimate
  GROUP BY scope
) e
WHERE e.scope = b.scope;
