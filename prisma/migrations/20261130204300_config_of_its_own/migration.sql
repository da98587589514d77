-- A configuration, its prompt, the transcript that it is for alone, and the moments found with it are of one workspace; and
-- of one video, where there is a transcript: deleting that takes the moments along, whose files are its own video's.
CREATE FUNCTION keep_config_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.workspace_id <> (SELECT workspace_id FROM prompts WHERE id = NEW.prompt_id)
    OR NEW.workspace_id <> (
      SELECT v.workspace_id FROM transcripts t JOIN videos v ON v.id = t.video_id WHERE t.id = NEW.transcript_id)
  THEN
    RAISE EXCEPTION 'A configuration is of the workspace of its prompt and its transcript.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'generation_configs_workspace';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER own BEFORE INSERT OR UPDATE OF workspace_id, prompt_id, transcript_id ON generation_configs
  FOR EACH ROW EXECUTE FUNCTION keep_config_own();

CREATE FUNCTION keep_moment_config() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM generation_configs c JOIN videos v ON v.id = NEW.video_id AND v.workspace_id = c.workspace_id
      LEFT JOIN transcripts t ON t.id = c.transcript_id
    WHERE c.id = NEW.generation_config_id AND (c.transcript_id IS NULL OR t.video_id = NEW.video_id)
  ) THEN
    RAISE EXCEPTION 'A moment is found with a configuration of its own workspace, and of its own video.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'moments_config';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER config BEFORE INSERT OR UPDATE OF generation_config_id, video_id ON moments
  FOR EACH ROW WHEN (NEW.generation_config_id IS NOT NULL) EXECUTE FUNCTION keep_moment_config();

-- More than anybody cuts of one video: the finder keeps so many rows of all places.
ALTER TABLE generation_configs ADD CONSTRAINT generation_configs_most_check CHECK (max_moments <= 100);
