-- A scene has one current clip; superseded ones stay for the record.
CREATE UNIQUE INDEX video_clips_one_current ON video_clips (scene_id) WHERE superseded_at IS NULL;
