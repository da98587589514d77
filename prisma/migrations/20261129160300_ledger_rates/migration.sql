-- AlterTable
ALTER TABLE "ledger_entries" ADD COLUMN     "is_estimate" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "rates" JSONB NOT NULL DEFAULT '{}';

-- A call is charged at the rates of its day, whatever prices and settings become before its answer comes: its reservation keeps
-- them, and every later entry has them too.
DROP FUNCTION reserve_money(uuid, uuid, uuid, uuid, uuid, text, bigint, "Provider", text, text, jsonb);
CREATE FUNCTION reserve_money(
  entry uuid, workspace uuid, project uuid, run uuid, scene uuid,
  subject_key text, amount bigint, of_provider "Provider", of_model text, of_call text, most jsonb, at_rates jsonb
) RETURNS TABLE (outcome text, key text, cap text, cap_cents integer, settled bigint, reserved bigint)
LANGUAGE plpgsql AS $$
DECLARE
  today date := (now() AT TIME ZONE 'UTC')::date;
  found_key text;
  exceeded record;
BEGIN
  PERFORM hold_balances(balance_scopes(workspace, project, run, today));
  SELECT e.operation_key INTO found_key FROM ledger_entries e
  WHERE e.subject = subject_key AND e.kind = 'RESERVE' AND NOT EXISTS (
    SELECT FROM ledger_entries c WHERE c.operation_key = e.operation_key AND c.kind IN ('SETTLE', 'RELEASE'));
  IF FOUND THEN
    RETURN QUERY SELECT 'OPEN', found_key, NULL::text, NULL::integer, NULL::bigint, NULL::bigint;
    RETURN;
  END IF;

  SELECT * INTO exceeded FROM exceeded_cap(workspace, project, run, today, amount);
  IF FOUND THEN
    RETURN QUERY SELECT 'OVER', NULL::text, exceeded.cap, exceeded.cap_cents, exceeded.settled, exceeded.reserved;
    RETURN;
  END IF;

  SELECT subject_key || ':' || count(*) + 1 INTO found_key FROM ledger_entries e
  WHERE e.subject = subject_key AND e.kind = 'RESERVE';
  INSERT INTO ledger_entries (id, kind, operation_key, subject, amount_micro_usd, day, workspace_id, project_id, run_id,
    scene_id, provider, model, call, usage, rates)
  VALUES (entry, 'RESERVE', found_key, subject_key, amount, today, workspace, project, run, scene, of_provider,
    of_model, of_call, most, at_rates);
  RETURN QUERY SELECT 'RESERVED', found_key, NULL::text, NULL::integer, NULL::bigint, NULL::bigint;
END $$;

-- Writes what became of a call; false if that was known before. Locked before it looks, for a person and a late answer
-- may tell at the same moment. Without an amount it is the reserved one, without usage the reserved one.
DROP FUNCTION close_call(uuid, text, "LedgerEntryKind", bigint, jsonb, text);
CREATE FUNCTION close_call(
  entry uuid, key text, as_kind "LedgerEntryKind", amount bigint, used jsonb, request_id text, as_estimate boolean
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
    scene_id, provider, model, call, provider_request_id, usage, rates, is_estimate)
  VALUES (entry, as_kind, key, r.subject, coalesce(amount, r.amount_micro_usd), r.day, r.workspace_id, r.project_id,
    r.run_id, r.scene_id, r.provider, r.model, r.call, request_id, coalesce(used, r.usage), r.rates, as_estimate);
  RETURN true;
END $$;
