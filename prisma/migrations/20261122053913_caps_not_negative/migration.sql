-- A cap of 0 lets through only what is free; less than that is a mistake.
ALTER TABLE pipeline_runs ADD CONSTRAINT pipeline_runs_cap_not_negative CHECK (max_cost_cents >= 0);
ALTER TABLE projects ADD CONSTRAINT projects_cap_not_negative CHECK (max_cost_cents >= 0);
ALTER TABLE workspaces ADD CONSTRAINT workspaces_caps_not_negative
  CHECK (max_cost_cents >= 0 AND max_daily_cost_cents >= 0);
