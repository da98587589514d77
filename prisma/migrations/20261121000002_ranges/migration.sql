-- Rules of DOMAIN.md that a row alone can hold; Prisma cannot express CHECKs.
ALTER TABLE projects
  ADD CONSTRAINT projects_aspect_ratio CHECK (aspect_ratio IN ('16:9', '9:16', '1:1')),
  ADD CONSTRAINT projects_target_clip_duration CHECK (target_clip_duration BETWEEN 1 AND 15),
  ADD CONSTRAINT projects_target_duration CHECK (target_duration > 0),
  ADD CONSTRAINT projects_prompt CHECK (length(prompt) > 0),
  ADD CONSTRAINT projects_version CHECK (version >= 0);

ALTER TABLE scenes
  ADD CONSTRAINT scenes_scene_index CHECK (scene_index BETWEEN 0 AND 14),
  ADD CONSTRAINT scenes_version CHECK (version >= 0);

ALTER TABLE keyframes
  ADD CONSTRAINT keyframes_size CHECK (width > 0 AND height > 0),
  ADD CONSTRAINT keyframes_inherited CHECK (source <> 'INHERITED' OR position = 'START');

ALTER TABLE video_clips
  ADD CONSTRAINT video_clips_poll_count CHECK (poll_count >= 0),
  ADD CONSTRAINT video_clips_duration CHECK (duration_seconds > 0),
  ADD CONSTRAINT video_clips_complete CHECK (status <> 'COMPLETE' OR (local_path IS NOT NULL AND duration_seconds IS NOT NULL));

ALTER TABLE pipeline_runs
  ADD CONSTRAINT pipeline_runs_percent CHECK (percent BETWEEN 0 AND 100),
  ADD CONSTRAINT pipeline_runs_crossfade CHECK (crossfade_seconds >= 0),
  ADD CONSTRAINT pipeline_runs_attempt CHECK (attempt >= 1),
  ADD CONSTRAINT pipeline_runs_costs CHECK (estimated_cost_micro_usd >= 0 AND settled_cost_micro_usd >= 0),
  ADD CONSTRAINT pipeline_runs_ended CHECK (
    (status IN ('COMPLETED', 'PARTIAL', 'FAILED', 'CANCELLED')) = (completed_at IS NOT NULL));

ALTER TABLE videos
  ADD CONSTRAINT videos_measures CHECK (
    duration_seconds > 0 AND file_size_bytes > 0 AND width > 0 AND height > 0 AND frame_rate > 0),
  ADD CONSTRAINT videos_crossfade CHECK (crossfade_seconds >= 0);
