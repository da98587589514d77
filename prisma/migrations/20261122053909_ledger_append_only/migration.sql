-- What was written stays as it was: a mistake is mended by a further entry.
CREATE FUNCTION keep_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger_entries is append-only';
END $$;

CREATE TRIGGER keep_ledger BEFORE UPDATE OR DELETE ON ledger_entries
  FOR EACH ROW EXECUTE FUNCTION keep_ledger();

ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_amount_not_negative CHECK (amount_micro_usd >= 0);
