-- A scene has one current first and one current last frame; superseded ones stay for the record.
CREATE UNIQUE INDEX keyframes_one_current ON keyframes (scene_id, position) WHERE superseded_at IS NULL;
