CREATE TYPE "SupersededBecause" AS ENUM ('RETRIED', 'REWORDED', 'MADE_ANOTHER_WAY', 'FILE_LOST', 'REFUSED', 'NOT_MADE', 'ORDERED_ANEW');

ALTER TABLE "keyframes" ADD COLUMN     "replaces_id" UUID,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "superseded_because" "SupersededBecause",
ADD COLUMN     "superseded_reason" TEXT,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "video_clips" ADD COLUMN     "replaces_id" UUID,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "superseded_because" "SupersededBecause",
ADD COLUMN     "superseded_reason" TEXT;

-- Rows of before are numbered by when they were made. The current one comes last whatever the clocks of two machines said:
-- it was made when none other was left.
UPDATE keyframes SET revision = numbered.revision, replaces_id = numbered.replaces_id
FROM (SELECT id, row_number() OVER made AS revision, lag(id) OVER made AS replaces_id FROM keyframes
  WINDOW made AS (PARTITION BY scene_id, position ORDER BY superseded_at IS NULL, created_at, id)) AS numbered
WHERE keyframes.id = numbered.id;
UPDATE video_clips SET revision = numbered.revision, replaces_id = numbered.replaces_id
FROM (SELECT id, row_number() OVER made AS revision, lag(id) OVER made AS replaces_id FROM video_clips
  WINDOW made AS (PARTITION BY scene_id ORDER BY superseded_at IS NULL, created_at, id)) AS numbered
WHERE video_clips.id = numbered.id;

-- They begin with the scene, so that its own index has nothing left to do.
DROP INDEX "keyframes_scene_id_idx";
CREATE UNIQUE INDEX "keyframes_scene_id_position_revision_key" ON "keyframes"("scene_id", "position", "revision");
DROP INDEX "video_clips_scene_id_idx";
CREATE UNIQUE INDEX "video_clips_scene_id_revision_key" ON "video_clips"("scene_id", "revision");

-- Without them every deleted row would have its whole table looked through.
CREATE INDEX "keyframes_replaces_id_idx" ON "keyframes"("replaces_id");
CREATE INDEX "video_clips_replaces_id_idx" ON "video_clips"("replaces_id");
ALTER TABLE "keyframes" ADD CONSTRAINT "keyframes_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "keyframes"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "video_clips" ADD CONSTRAINT "video_clips_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "video_clips"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE keyframes ADD CONSTRAINT keyframes_revision CHECK (revision > 0);
ALTER TABLE video_clips ADD CONSTRAINT video_clips_revision CHECK (revision > 0);

-- A reason is one for being superseded.
ALTER TABLE keyframes ADD CONSTRAINT keyframes_superseded
  CHECK (superseded_at IS NOT NULL OR (superseded_because IS NULL AND superseded_reason IS NULL));
ALTER TABLE video_clips ADD CONSTRAINT video_clips_superseded
  CHECK (superseded_at IS NOT NULL OR (superseded_because IS NULL AND superseded_reason IS NULL));

-- The database numbers them: whoever writes one would have to lock the scene and look first, with two statements more.
-- The lock is that of a scene that moves. It does not stand in the way of rows that only name the scene.
CREATE FUNCTION number_keyframe() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  PERFORM 1 FROM scenes WHERE id = NEW.scene_id FOR NO KEY UPDATE;
  SELECT k.id, k.revision INTO last FROM keyframes k
    WHERE k.scene_id = NEW.scene_id AND k.position = NEW.position ORDER BY k.revision DESC LIMIT 1;
  NEW.revision := coalesce(last.revision, 0) + 1;
  NEW.replaces_id := coalesce(NEW.replaces_id, last.id);
  RETURN NEW;
END $$;
CREATE TRIGGER number_keyframe BEFORE INSERT ON keyframes
  FOR EACH ROW WHEN (NEW.revision = 0) EXECUTE FUNCTION number_keyframe();

CREATE FUNCTION number_video_clip() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  PERFORM 1 FROM scenes WHERE id = NEW.scene_id FOR NO KEY UPDATE;
  SELECT c.id, c.revision INTO last FROM video_clips c
    WHERE c.scene_id = NEW.scene_id ORDER BY c.revision DESC LIMIT 1;
  NEW.revision := coalesce(last.revision, 0) + 1;
  NEW.replaces_id := coalesce(NEW.replaces_id, last.id);
  RETURN NEW;
END $$;
CREATE TRIGGER number_video_clip BEFORE INSERT ON video_clips
  FOR EACH ROW WHEN (NEW.revision = 0) EXECUTE FUNCTION number_video_clip();
