-- Setting money aside is one statement: over all workers and machines, no cap is passed by a micro-dollar.

-- The first cap, narrowest first, that an amount more would pass; no row if it fits. 1 cent is 10,000 micro-USD.
CREATE FUNCTION exceeded_cap(workspace uuid, project uuid, run uuid, day date, amount bigint)
RETURNS TABLE (cap text, cap_cents integer, settled bigint, reserved bigint) LANGUAGE sql STABLE AS $$
  SELECT caps.cap, caps.cents, coalesce(b.settled_micro_usd, 0),
    coalesce(b.reserved_micro_usd + b.unknown_micro_usd, 0)
  FROM (
    SELECT 1, 'RUN', max_cost_cents, 'run:' || id FROM pipeline_runs WHERE id = run
    UNION ALL SELECT 2, 'PROJECT', max_cost_cents, 'project:' || id FROM projects WHERE id = project
    UNION ALL SELECT 3, 'DAY', max_daily_cost_cents, 'day:' || id || ':' || to_char(day, 'YYYY-MM-DD')
      FROM workspaces WHERE id = workspace
    UNION ALL SELECT 4, 'WORKSPACE', max_cost_cents, 'workspace:' || id FROM workspaces WHERE id = workspace
  ) AS caps (rank, cap, cents, scope)
  LEFT JOIN ledger_balances b ON b.scope = caps.scope
  WHERE caps.cents IS NOT NULL AND amount > caps.cents::bigint * 10000
    - coalesce(b.settled_micro_usd + b.reserved_micro_usd + b.unknown_micro_usd, 0)
  ORDER BY caps.rank
  LIMIT 1
$$;

-- outcome: RESERVED; OVER, with the cap; OPEN, where an earlier call for the subject was never answered.
CREATE FUNCTION reserve_money(
  entry uuid, workspace uuid, project uuid, run uuid, scene uuid,
  subject_key text, amount bigint, of_provider "Provider", of_model text, of_call text, most jsonb
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
    scene_id, provider, model, call, usage)
  VALUES (entry, 'RESERVE', found_key, subject_key, amount, today, workspace, project, run, scene, of_provider,
    of_model, of_call, most);
  RETURN QUERY SELECT 'RESERVED', found_key, NULL::text, NULL::integer, NULL::bigint, NULL::bigint;
END $$;
