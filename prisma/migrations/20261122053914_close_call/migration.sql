-- Writes what became of a call; false if that was known before. Locked before it looks, for a person and a late answer
-- may tell at the same moment. Without an amount it is the reserved one, without usage the reserved one.
CREATE FUNCTION close_call(
  entry uuid, key text, as_kind "LedgerEntryKind", amount bigint, used jsonb, request_id text
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  r ledger_entries;
BEGIN
  SELECT * INTO r FROM ledger_entries WHERE operation_key = key AND kind = 'RESERVE';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'ledger: % of %, for which nothing was reserved', as_kind, key;
  END IF;
  PERFORM hold_balances(balance_scopes(r.workspace_id, r.project_id, r.run_id, r.day));
  IF EXISTS (SELECT FROM ledger_entries WHERE operation_key = key AND kind IN ('SETTLE', 'RELEASE', as_kind)) THEN
    RETURN false;
  END IF;
  INSERT INTO ledger_entries (id, kind, operation_key, subject, amount_micro_usd, day, workspace_id, project_id, run_id,
    scene_id, provider, model, call, provider_request_id, usage)
  VALUES (entry, as_kind, key, r.subject, coalesce(amount, r.amount_micro_usd), r.day, r.workspace_id, r.project_id,
    r.run_id, r.scene_id, r.provider, r.model, r.call, request_id, coalesce(used, r.usage));
  RETURN true;
END $$;
