-- What a call counts for, and what may have a cap, is named by scopes: `run:<id>`, `project:<id>`, `workspace:<id>`,
-- `day:<workspace>`, and whatever is made from now on. The ledger itself knows none of them.
ALTER TYPE "CostCap" ADD VALUE 'OTHER';

-- Caps, which were columns of three tables, are rows of one.
CREATE TABLE "cost_caps" (
    "scope" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "cents" INTEGER NOT NULL,

    CONSTRAINT "cost_caps_pkey" PRIMARY KEY ("scope"),
    -- A cap of 0 lets through only what is free; less than that is a mistake.
    CONSTRAINT "cost_caps_not_negative" CHECK ("cents" >= 0)
);
CREATE INDEX "cost_caps_workspace_id_idx" ON "cost_caps"("workspace_id");
ALTER TABLE "cost_caps" ADD CONSTRAINT "cost_caps_workspace_id_fkey"
  FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO cost_caps (scope, workspace_id, cents)
  SELECT 'run:' || id, workspace_id, max_cost_cents FROM pipeline_runs WHERE max_cost_cents IS NOT NULL
  UNION ALL SELECT 'project:' || id, workspace_id, max_cost_cents FROM projects WHERE max_cost_cents IS NOT NULL
  UNION ALL SELECT 'workspace:' || id, id, max_cost_cents FROM workspaces WHERE max_cost_cents IS NOT NULL
  UNION ALL SELECT 'day:' || id, id, max_daily_cost_cents FROM workspaces WHERE max_daily_cost_cents IS NOT NULL;

ALTER TABLE "pipeline_runs" DROP COLUMN "max_cost_cents";
ALTER TABLE "projects" DROP COLUMN "max_cost_cents";
ALTER TABLE "workspaces" DROP COLUMN "max_cost_cents", DROP COLUMN "max_daily_cost_cents";

-- A cap goes with what it is of. Money that was spent does not: balances stay.
CREATE FUNCTION forget_cap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM cost_caps WHERE scope = TG_ARGV[0] || ':' || OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER forget_cap AFTER DELETE ON pipeline_runs FOR EACH ROW EXECUTE FUNCTION forget_cap('run');
CREATE TRIGGER forget_cap AFTER DELETE ON projects FOR EACH ROW EXECUTE FUNCTION forget_cap('project');
CREATE TRIGGER forget_cap AFTER DELETE ON videos FOR EACH ROW EXECUTE FUNCTION forget_cap('video');

-- Written anew by the change of type, and not by UPDATE, which the ledger refuses.
ALTER TABLE "ledger_entries" ADD COLUMN "scopes" TEXT[];
ALTER TABLE "ledger_entries" ALTER COLUMN "scopes" TYPE TEXT[] USING array_remove(ARRAY[
    'scene:' || scene_id, 'run:' || run_id, 'project:' || project_id,
    'day:' || workspace_id || ':' || to_char(day, 'YYYY-MM-DD'), 'workspace:' || workspace_id], NULL);
DROP INDEX "ledger_entries_project_id_created_at_idx";
ALTER TABLE "ledger_entries" DROP COLUMN "project_id", DROP COLUMN "scene_id",
  -- Whatever is bought, somebody pays.
  ADD CONSTRAINT "ledger_entries_count_for_their_workspace" CHECK (scopes @> ARRAY['workspace:' || workspace_id::text]);
CREATE INDEX "ledger_entries_scopes_idx" ON "ledger_entries" USING GIN ("scopes") WITH (fastupdate = off);

-- Scenes have balances from now on, as all that entries count for.
INSERT INTO ledger_balances (scope, settled_micro_usd, estimated_micro_usd, reserved_micro_usd, unknown_micro_usd)
SELECT scope,
  coalesce(sum(c.amount_micro_usd) FILTER (WHERE c.kind = 'SETTLE'), 0),
  coalesce(sum(c.amount_micro_usd) FILTER (WHERE c.kind = 'SETTLE' AND c.is_estimate), 0),
  coalesce(sum(r.amount_micro_usd) FILTER (WHERE c.id IS NULL AND u.id IS NULL), 0),
  coalesce(sum(r.amount_micro_usd) FILTER (WHERE c.id IS NULL AND u.id IS NOT NULL), 0)
FROM ledger_entries r CROSS JOIN unnest(r.scopes) AS scope
LEFT JOIN ledger_entries c ON c.operation_key = r.operation_key AND c.kind IN ('SETTLE', 'RELEASE')
LEFT JOIN ledger_entries u ON u.operation_key = r.operation_key AND u.kind = 'UNKNOWN'
WHERE r.kind = 'RESERVE' AND scope LIKE 'scene:%'
GROUP BY scope;

CREATE OR REPLACE FUNCTION book_ledger_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of_reservation record;
  held bigint;
  was_unknown boolean;
BEGIN
  -- First the lock, then the look: of two entries about one call the second must see the first.
  PERFORM hold_balances(NEW.scopes);
  IF NEW.kind = 'RESERVE' THEN
    UPDATE ledger_balances SET reserved_micro_usd = reserved_micro_usd + NEW.amount_micro_usd WHERE scope = ANY (NEW.scopes);
    RETURN NEW;
  END IF;

  SELECT amount_micro_usd, scopes INTO of_reservation FROM ledger_entries
  WHERE operation_key = NEW.operation_key AND kind = 'RESERVE';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'ledger: % of %, for which nothing was reserved', NEW.kind, NEW.operation_key;
  END IF;
  IF of_reservation.scopes <> NEW.scopes THEN
    RAISE EXCEPTION 'ledger: % of % counts for other scopes than its reservation', NEW.kind, NEW.operation_key;
  END IF;
  IF EXISTS (SELECT FROM ledger_entries WHERE operation_key = NEW.operation_key AND kind IN ('SETTLE', 'RELEASE')) THEN
    RAISE EXCEPTION 'ledger: % of %, which is closed', NEW.kind, NEW.operation_key;
  END IF;
  held := of_reservation.amount_micro_usd;
  IF NEW.kind = 'UNKNOWN' THEN
    UPDATE ledger_balances SET reserved_micro_usd = reserved_micro_usd - held, unknown_micro_usd = unknown_micro_usd + held
    WHERE scope = ANY (NEW.scopes);
    RETURN NEW;
  END IF;

  was_unknown := EXISTS (SELECT FROM ledger_entries WHERE operation_key = NEW.operation_key AND kind = 'UNKNOWN');
  UPDATE ledger_balances SET
    reserved_micro_usd = reserved_micro_usd - CASE WHEN was_unknown THEN 0 ELSE held END,
    unknown_micro_usd = unknown_micro_usd - CASE WHEN was_unknown THEN held ELSE 0 END,
    settled_micro_usd = settled_micro_usd + CASE WHEN NEW.kind = 'SETTLE' THEN NEW.amount_micro_usd ELSE 0 END,
    estimated_micro_usd = estimated_micro_usd
      + CASE WHEN NEW.kind = 'SETTLE' AND NEW.is_estimate THEN NEW.amount_micro_usd ELSE 0 END
  WHERE scope = ANY (NEW.scopes);
  RETURN NEW;
END $$;

-- What a call of today counts for: a scope of days becomes that of this one, by the clock that all processes share.
CREATE FUNCTION balance_of(scope text, day date) RETURNS text LANGUAGE sql IMMUTABLE RETURN
  CASE WHEN scope LIKE 'day:%' THEN scope || ':' || to_char(day, 'YYYY-MM-DD') ELSE scope END;

-- The first cap of the scopes, which are in the order of their rank, that an amount more would pass; no row if it fits.
-- 1 cent is 10,000 micro-USD.
DROP FUNCTION exceeded_cap(uuid, uuid, uuid, date, bigint);
CREATE FUNCTION exceeded_cap(scopes text[], day date, amount bigint)
RETURNS TABLE (cap text, cap_cents integer, settled bigint, reserved bigint) LANGUAGE sql STABLE AS $$
  SELECT c.scope, c.cents, coalesce(b.settled_micro_usd, 0), coalesce(b.reserved_micro_usd + b.unknown_micro_usd, 0)
  FROM unnest(scopes) WITH ORDINALITY AS ranked (scope, rank)
  JOIN cost_caps c ON c.scope = ranked.scope
  LEFT JOIN ledger_balances b ON b.scope = balance_of(ranked.scope, day)
  WHERE amount > c.cents::bigint * 10000
    - coalesce(b.settled_micro_usd + b.reserved_micro_usd + b.unknown_micro_usd, 0)
  ORDER BY ranked.rank
  LIMIT 1
$$;

-- Setting money aside is one statement: over all workers and machines, no cap is passed by a micro-dollar. The scopes are
-- those that the call counts for, narrowest first.
-- outcome: RESERVED; OVER, with the cap; OPEN, where an earlier call for the subject was never answered.
DROP FUNCTION reserve_money(uuid, uuid, uuid, uuid, uuid, text, bigint, "Provider", text, text, jsonb, jsonb);
CREATE FUNCTION reserve_money(
  scopes text[], entry uuid, workspace uuid, run uuid,
  subject_key text, amount bigint, of_provider "Provider", of_model text, of_call text, most jsonb, at_rates jsonb
) RETURNS TABLE (outcome text, key text, cap text, cap_cents integer, settled bigint, reserved bigint)
LANGUAGE plpgsql AS $$
DECLARE
  today date := (now() AT TIME ZONE 'UTC')::date;
  balances text[] := ARRAY(SELECT balance_of(ranked.scope, today)
    FROM unnest(scopes) WITH ORDINALITY AS ranked (scope, rank) ORDER BY ranked.rank);
  found_key text;
  exceeded record;
BEGIN
  PERFORM hold_balances(balances);
  SELECT e.operation_key INTO found_key FROM ledger_entries e
  WHERE e.subject = subject_key AND e.kind = 'RESERVE' AND NOT EXISTS (
    SELECT FROM ledger_entries c WHERE c.operation_key = e.operation_key AND c.kind IN ('SETTLE', 'RELEASE'));
  IF FOUND THEN
    RETURN QUERY SELECT 'OPEN', found_key, NULL::text, NULL::integer, NULL::bigint, NULL::bigint;
    RETURN;
  END IF;

  SELECT * INTO exceeded FROM exceeded_cap(scopes, today, amount);
  IF FOUND THEN
    RETURN QUERY SELECT 'OVER', NULL::text, exceeded.cap, exceeded.cap_cents, exceeded.settled, exceeded.reserved;
    RETURN;
  END IF;

  SELECT subject_key || ':' || count(*) + 1 INTO found_key FROM ledger_entries e
  WHERE e.subject = subject_key AND e.kind = 'RESERVE';
  INSERT INTO ledger_entries (id, kind, operation_key, subject, amount_micro_usd, day, workspace_id, run_id, scopes,
    provider, model, call, usage, rates)
  VALUES (entry, 'RESERVE', found_key, subject_key, amount, today, workspace, run, balances, of_provider, of_model,
    of_call, most, at_rates);
  RETURN QUERY SELECT 'RESERVED', found_key, NULL::text, NULL::integer, NULL::bigint, NULL::bigint;
END $$;

-- Writes what became of a call; false if that was known before. Locked before it looks, for a person and a late answer
-- may tell at the same moment. Without an amount it is the reserved one, without usage the reserved one.
CREATE OR REPLACE FUNCTION close_call(
  entry uuid, key text, as_kind "LedgerEntryKind", amount bigint, used jsonb, request_id text, as_estimate boolean
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  r ledger_entries;
BEGIN
  SELECT * INTO r FROM ledger_entries WHERE operation_key = key AND kind = 'RESERVE';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'ledger: % of %, for which nothing was reserved', as_kind, key;
  END IF;
  PERFORM hold_balances(r.scopes);
  IF EXISTS (SELECT FROM ledger_entries WHERE operation_key = key AND kind IN ('SETTLE', 'RELEASE', as_kind)) THEN
    RETURN false;
  END IF;
  INSERT INTO ledger_entries (id, kind, operation_key, subject, amount_micro_usd, day, workspace_id, run_id, scopes,
    provider, model, call, provider_request_id, usage, rates, is_estimate)
  VALUES (entry, as_kind, key, r.subject, coalesce(amount, r.amount_micro_usd), r.day, r.workspace_id, r.run_id, r.scopes,
    r.provider, r.model, r.call, request_id, coalesce(used, r.usage), r.rates, as_estimate);
  RETURN true;
END $$;

DROP FUNCTION balance_scopes(uuid, uuid, uuid, date);
