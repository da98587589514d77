-- A clip of Moments is a Clip. What films are made of says VideoClip from now on, wherever the two could be taken for each other.
-- By hand: Prisma would drop what it cannot see was renamed.
ALTER TYPE "EventType" RENAME VALUE 'CLIP_CHANGED' TO 'VIDEO_CLIP_CHANGED';
ALTER TYPE "ClipSource" RENAME TO "VideoClipSource";
ALTER TABLE "unkept_clips" RENAME TO "unkept_video_clips";
ALTER TABLE "unkept_video_clips" RENAME COLUMN "clip_id" TO "video_clip_id";
ALTER TABLE "unkept_video_clips" RENAME CONSTRAINT "unkept_clips_pkey" TO "unkept_video_clips_pkey";
ALTER TABLE "unkept_video_clips" RENAME CONSTRAINT "unkept_clips_clip_id_fkey" TO "unkept_video_clips_video_clip_id_fkey";

-- Documents of webhooks: `... on ClipChanged { clip { url } }` becomes `... on VideoClipChanged { clip: videoClip { url } }`,
-- so that a receiver finds the clip where it was. `Scene.clip` stays as it is, so each name is read where it stands.
CREATE FUNCTION say_video_clip(document text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  -- Strings and comments whole, names whole, all else by the sign.
  tokens text[] := ARRAY(SELECT match[1] FROM regexp_matches(document,
    '("""(?:[^"]|"[^"]|""[^"])*"""|"(?:[^"\\]|\\.)*"|#[^\n\r]*|\.\.\.|[_A-Za-z][_0-9A-Za-z]*|[\s,]+|.)', 'g')
    WITH ORDINALITY AS found (match, place) ORDER BY place);
  token text;
  next_place int;
  before text := '';
  -- Whether each open selection is one over ClipChanged, and whether the next to open is.
  opened boolean[] := '{}';
  opens boolean := false;
  parens int := 0;
  made text := '';
BEGIN
  FOR place IN 1 .. coalesce(array_length(tokens, 1), 0) LOOP
    token := tokens[place];
    IF token ~ '^[\s,#]' THEN
      made := made || token;
      CONTINUE;
    END IF;
    next_place := place + 1;
    WHILE tokens[next_place] ~ '^[\s,#]' LOOP next_place := next_place + 1; END LOOP;
    IF token = '(' THEN parens := parens + 1;
    ELSIF token = ')' THEN parens := parens - 1;
    ELSIF parens > 0 OR before = '@' OR token LIKE '"%' THEN NULL;
    ELSIF token = '{' THEN
      opened := opened || opens;
      opens := false;
    ELSIF token = '}' THEN opened := opened[1 : cardinality(opened) - 1];
    -- Without a type it is over what it stands in.
    ELSIF token = '...' THEN opens := coalesce(opened[cardinality(opened)], false);
    ELSIF before = 'on' THEN
      opens := token = 'ClipChanged';
      IF opens THEN token := 'VideoClipChanged'; END IF;
    ELSIF token ~ '^\w' AND token <> 'on' AND before <> '...' THEN
      opens := false;
      IF token = 'clip' AND opened[cardinality(opened)] AND tokens[next_place] IS DISTINCT FROM ':' THEN
        token := CASE WHEN before = ':' THEN 'videoClip' ELSE 'clip: videoClip' END;
      END IF;
    END IF;
    before := tokens[place];
    made := made || token;
  END LOOP;
  RETURN made;
END $$;
UPDATE webhooks SET document = say_video_clip(document) WHERE document ~ '\mClipChanged\M';
DROP FUNCTION say_video_clip;

-- What a person is told to do, and what a program reads.
UPDATE pipeline_runs SET error_code = 'VIDEO_CLIP_LOST' WHERE error_code = 'CLIP_LOST';
UPDATE dead_letters SET error_code = 'VIDEO_CLIP_LOST' WHERE error_code = 'CLIP_LOST';
UPDATE pipeline_runs SET error_message = replace(error_message, 'settleUnknownClip', 'settleUnknownVideoClip')
  WHERE error_message LIKE '%settleUnknownClip%';
UPDATE dead_letters SET error_message = replace(error_message, 'settleUnknownClip', 'settleUnknownVideoClip')
  WHERE error_message LIKE '%settleUnknownClip%';
UPDATE projects SET error_message = replace(error_message, 'settleUnknownClip', 'settleUnknownVideoClip')
  WHERE error_message LIKE '%settleUnknownClip%';
UPDATE video_clips SET error_message = replace(error_message, 'settleUnknownClip', 'settleUnknownVideoClip')
  WHERE error_message LIKE '%settleUnknownClip%';

-- The log keeps its numbers and what it tells; who goes on from an old cursor reads the names of today. An entry's type
-- follows from its subject, which was `VideoClip` all along.
ALTER TABLE audit_logs DISABLE TRIGGER keep_audit_log;
UPDATE audit_logs SET
  message = replace(message, 'settleUnknownClip', 'settleUnknownVideoClip'),
  details = replace(replace(replace(replace(details::text,
    '"clipId": ', '"videoClipId": '),
    '"CLIP_LOST"', '"VIDEO_CLIP_LOST"'),
    '"CLIP_LENGTH_CHANGED"', '"VIDEO_CLIP_LENGTH_CHANGED"'),
    'settleUnknownClip', 'settleUnknownVideoClip')::jsonb
  WHERE message LIKE '%settleUnknownClip%'
    OR details::text ~ '"clipId": |"CLIP_LOST"|"CLIP_LENGTH_CHANGED"|settleUnknownClip';
ALTER TABLE audit_logs ENABLE TRIGGER keep_audit_log;
