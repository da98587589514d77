-- A run works on a project or on a video; more kinds of subjects get columns of their own.
ALTER TABLE "pipeline_runs" ADD COLUMN "options" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN "video_id" UUID,
ALTER COLUMN "project_id" DROP NOT NULL;

ALTER TABLE "pipeline_runs" ADD CONSTRAINT "pipeline_runs_video_id_fkey"
  FOREIGN KEY ("video_id") REFERENCES "videos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "pipeline_runs" ADD CONSTRAINT "pipeline_runs_one_subject" CHECK (num_nonnulls("project_id", "video_id") = 1);

-- What a flow is told is that flow's: all there were end in a film.
UPDATE "pipeline_runs" SET "options" = jsonb_build_object('crossfadeSeconds', "crossfade_seconds");
ALTER TABLE "pipeline_runs" DROP COLUMN "crossfade_seconds";

-- What such a run costs counts for it and for its workspace; of a project that there is not, there is no balance.
ALTER TABLE "ledger_entries" ALTER COLUMN "project_id" DROP NOT NULL;
CREATE OR REPLACE FUNCTION balance_scopes(workspace uuid, project uuid, run uuid, day date) RETURNS text[]
LANGUAGE sql IMMUTABLE RETURN array_remove(
  ARRAY['workspace:' || workspace, 'project:' || project, 'run:' || run, 'day:' || workspace || ':' || to_char(day, 'YYYY-MM-DD')],
  NULL);

ALTER TABLE "pipeline_runs" ADD CONSTRAINT "pipeline_runs_crossfade"
  CHECK (coalesce(("options" ->> 'crossfadeSeconds')::double precision, 0) >= 0);
