-- Runs of a video, newest first, and their deletion with it.
CREATE INDEX "pipeline_runs_video_id_created_at_idx" ON "pipeline_runs"("video_id", "created_at");
