-- As of a project: two launches at once, and exactly one wins. Prisma has no partial unique index.
CREATE UNIQUE INDEX pipeline_runs_one_live_per_video ON pipeline_runs (video_id)
  WHERE status IN ('QUEUED', 'RUNNING', 'PAUSED');
