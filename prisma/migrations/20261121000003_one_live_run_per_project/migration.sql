-- Two launches at once: exactly one wins, whatever the code does. Prisma has no partial unique index.
CREATE UNIQUE INDEX pipeline_runs_one_live_per_project ON pipeline_runs (project_id)
  WHERE status IN ('QUEUED', 'RUNNING', 'PAUSED');
