-- CreateEnum
CREATE TYPE "TranscriptSource" AS ENUM ('SCRIPT', 'SUBTITLES', 'GEMINI', 'WHISPER', 'POCKETSPHINX');

-- CreateEnum
CREATE TYPE "OperationType" AS ENUM ('GENERATION', 'REFINEMENT');

-- CreateTable
CREATE TABLE "transcripts" (
    "id" UUID NOT NULL,
    "video_id" UUID NOT NULL,
    "full_text" TEXT NOT NULL,
    "word_timestamps" JSONB NOT NULL,
    "segment_timestamps" JSONB NOT NULL,
    "language" TEXT NOT NULL,
    "number_of_words" INTEGER NOT NULL,
    "number_of_segments" INTEGER NOT NULL,
    "transcription_service" "TranscriptSource" NOT NULL,
    "transcription_model" TEXT,
    "confidence" DOUBLE PRECISION,
    "is_spread" BOOLEAN NOT NULL DEFAULT false,
    "processing_time_seconds" DOUBLE PRECISION NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "corrected_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "transcripts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prompts" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "user_prompt" TEXT NOT NULL,
    "system_prompt" TEXT NOT NULL,
    "prompt_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "prompts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "generation_configs" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "prompt_id" UUID NOT NULL,
    "transcript_id" UUID,
    "model" TEXT NOT NULL,
    "operation_type" "OperationType" NOT NULL,
    "temperature" DOUBLE PRECISION,
    "top_p" DOUBLE PRECISION,
    "top_k" INTEGER,
    "min_moment_length" DOUBLE PRECISION NOT NULL,
    "max_moment_length" DOUBLE PRECISION NOT NULL,
    "min_moments" INTEGER NOT NULL,
    "max_moments" INTEGER NOT NULL,
    "config_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "generation_configs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "moments" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "video_id" UUID NOT NULL,
    "start_time" DOUBLE PRECISION NOT NULL,
    "end_time" DOUBLE PRECISION NOT NULL,
    "title" TEXT NOT NULL,
    "is_refined" BOOLEAN NOT NULL DEFAULT false,
    "parent_id" UUID,
    "generation_model" TEXT,
    "generation_config_id" UUID,
    "score" DOUBLE PRECISION,
    "scoring_model" TEXT,
    "scored_at" TIMESTAMPTZ(3),
    "reasons" JSONB NOT NULL DEFAULT '[]',
    "discarded_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "moments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clips" (
    "id" UUID NOT NULL,
    "moment_id" UUID NOT NULL,
    "video_id" UUID NOT NULL,
    "file_path" TEXT NOT NULL,
    "start_time" DOUBLE PRECISION NOT NULL,
    "end_time" DOUBLE PRECISION NOT NULL,
    "padding_left" DOUBLE PRECISION NOT NULL,
    "padding_right" DOUBLE PRECISION NOT NULL,
    "duration_seconds" DOUBLE PRECISION NOT NULL,
    "file_size_bytes" BIGINT NOT NULL,
    "format" TEXT NOT NULL,
    "video_codec" TEXT NOT NULL,
    "audio_codec" TEXT,
    "resolution" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "clips_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "thumbnails" (
    "id" UUID NOT NULL,
    "video_id" UUID,
    "clip_id" UUID,
    "file_path" TEXT NOT NULL,
    "file_size_bytes" BIGINT NOT NULL,
    "at_seconds" DOUBLE PRECISION NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "thumbnails_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "transcripts_video_id_key" ON "transcripts"("video_id");

-- CreateIndex
CREATE UNIQUE INDEX "prompts_workspace_id_prompt_hash_key" ON "prompts"("workspace_id", "prompt_hash");

-- CreateIndex
CREATE INDEX "generation_configs_prompt_id_idx" ON "generation_configs"("prompt_id");

-- CreateIndex
CREATE INDEX "generation_configs_transcript_id_idx" ON "generation_configs"("transcript_id");

-- CreateIndex
CREATE UNIQUE INDEX "generation_configs_workspace_id_config_hash_key" ON "generation_configs"("workspace_id", "config_hash");

-- CreateIndex
CREATE UNIQUE INDEX "moments_identifier_key" ON "moments"("identifier");

-- CreateIndex
CREATE INDEX "moments_video_id_start_time_id_idx" ON "moments"("video_id", "start_time", "id");

-- CreateIndex
CREATE INDEX "moments_parent_id_idx" ON "moments"("parent_id");

-- CreateIndex
CREATE INDEX "moments_generation_config_id_idx" ON "moments"("generation_config_id");

-- CreateIndex
CREATE UNIQUE INDEX "moments_id_video_id_key" ON "moments"("id", "video_id");

-- CreateIndex
CREATE UNIQUE INDEX "clips_moment_id_key" ON "clips"("moment_id");

-- CreateIndex
CREATE INDEX "clips_video_id_created_at_id_idx" ON "clips"("video_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "clips_file_path_idx" ON "clips"("file_path");

-- CreateIndex
CREATE UNIQUE INDEX "clips_moment_id_video_id_key" ON "clips"("moment_id", "video_id");

-- CreateIndex
CREATE UNIQUE INDEX "thumbnails_video_id_key" ON "thumbnails"("video_id");

-- CreateIndex
CREATE UNIQUE INDEX "thumbnails_clip_id_key" ON "thumbnails"("clip_id");

-- CreateIndex
CREATE INDEX "thumbnails_file_path_idx" ON "thumbnails"("file_path");

-- AddForeignKey
ALTER TABLE "transcripts" ADD CONSTRAINT "transcripts_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "videos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "generation_configs" ADD CONSTRAINT "generation_configs_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "generation_configs" ADD CONSTRAINT "generation_configs_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "generation_configs" ADD CONSTRAINT "generation_configs_transcript_id_fkey" FOREIGN KEY ("transcript_id") REFERENCES "transcripts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moments" ADD CONSTRAINT "moments_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "videos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moments" ADD CONSTRAINT "moments_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "moments"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moments" ADD CONSTRAINT "moments_generation_config_id_fkey" FOREIGN KEY ("generation_config_id") REFERENCES "generation_configs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clips" ADD CONSTRAINT "clips_moment_id_video_id_fkey" FOREIGN KEY ("moment_id", "video_id") REFERENCES "moments"("id", "video_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clips" ADD CONSTRAINT "clips_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "videos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thumbnails" ADD CONSTRAINT "thumbnails_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "videos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thumbnails" ADD CONSTRAINT "thumbnails_clip_id_fkey" FOREIGN KEY ("clip_id") REFERENCES "clips"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Below: what Prisma's schema cannot say.

ALTER TABLE transcripts ADD CONSTRAINT transcripts_counts_check
  CHECK (number_of_words >= 0 AND number_of_segments >= 0 AND processing_time_seconds >= 0);
ALTER TABLE transcripts ADD CONSTRAINT transcripts_confidence_check CHECK (confidence BETWEEN 0 AND 1);
ALTER TABLE transcripts ADD CONSTRAINT transcripts_words_check
  CHECK (jsonb_typeof(word_timestamps) = 'array' AND jsonb_typeof(segment_timestamps) = 'array');

-- A transcript is what was said: a person may correct its words, nothing of it may move.
CREATE FUNCTION keep_transcript() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.video_id, NEW.language, NEW.number_of_words, NEW.number_of_segments, NEW.transcription_service,
      NEW.is_spread, NEW.processing_time_seconds, NEW.created_at,
      jsonb_path_query_array(NEW.word_timestamps, '$[*].start'), jsonb_path_query_array(NEW.word_timestamps, '$[*].end'))
    IS DISTINCT FROM (OLD.id, OLD.video_id, OLD.language, OLD.number_of_words, OLD.number_of_segments, OLD.transcription_service,
      OLD.is_spread, OLD.processing_time_seconds, OLD.created_at,
      jsonb_path_query_array(OLD.word_timestamps, '$[*].start'), jsonb_path_query_array(OLD.word_timestamps, '$[*].end'))
    OR (NEW.transcription_model, NEW.confidence) IS DISTINCT FROM (OLD.transcription_model, OLD.confidence)
  THEN
    RAISE EXCEPTION 'A transcript is not changed, only words of it: delete it and make another.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'transcripts_immutable';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_transcript BEFORE UPDATE ON transcripts FOR EACH ROW EXECUTE FUNCTION keep_transcript();

ALTER TABLE prompts ADD CONSTRAINT prompts_prompt_hash_check CHECK (prompt_hash ~ '^[0-9a-f]{64}$');

ALTER TABLE generation_configs ADD CONSTRAINT generation_configs_config_hash_check CHECK (config_hash ~ '^[0-9a-f]{64}$');
ALTER TABLE generation_configs ADD CONSTRAINT generation_configs_temperature_check CHECK (temperature BETWEEN 0 AND 2);
ALTER TABLE generation_configs ADD CONSTRAINT generation_configs_top_p_check CHECK (top_p BETWEEN 0 AND 1);
ALTER TABLE generation_configs ADD CONSTRAINT generation_configs_top_k_check CHECK (top_k >= 1);
ALTER TABLE generation_configs ADD CONSTRAINT generation_configs_length_check
  CHECK (min_moment_length > 0 AND max_moment_length >= min_moment_length);
ALTER TABLE generation_configs ADD CONSTRAINT generation_configs_count_check
  CHECK (min_moments >= 0 AND max_moments >= greatest(min_moments, 1));

ALTER TABLE moments ADD CONSTRAINT moments_time_check CHECK (start_time >= 0 AND end_time > start_time);
ALTER TABLE moments ADD CONSTRAINT moments_score_check CHECK (score BETWEEN 0 AND 10);
ALTER TABLE moments ADD CONSTRAINT moments_scored_check
  CHECK ((score IS NULL) = (scored_at IS NULL) AND (score IS NOT NULL OR scoring_model IS NULL));
ALTER TABLE moments ADD CONSTRAINT moments_parent_check CHECK (parent_id <> id);

ALTER TABLE clips ADD CONSTRAINT clips_time_check
  CHECK (start_time >= 0 AND end_time > start_time AND padding_left >= 0 AND padding_right >= 0);
ALTER TABLE clips ADD CONSTRAINT clips_size_check CHECK (file_size_bytes > 0 AND duration_seconds > 0);
ALTER TABLE clips ADD CONSTRAINT clips_resolution_check CHECK (resolution ~ '^[1-9][0-9]*x[1-9][0-9]*$');

ALTER TABLE thumbnails ADD CONSTRAINT thumbnails_subject_check CHECK (num_nonnulls(video_id, clip_id) = 1);
ALTER TABLE thumbnails ADD CONSTRAINT thumbnails_size_check CHECK (file_size_bytes > 0 AND at_seconds >= 0);

-- Inside the video, whose length stands in another table. A millisecond more: lengths are measured, times are rounded.
CREATE FUNCTION keep_inside_video() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.end_time > (SELECT duration_seconds FROM videos WHERE id = NEW.video_id) + 0.001 THEN
    RAISE EXCEPTION 'It ends at % s, after its video.', NEW.end_time
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_inside_video';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER inside_video BEFORE INSERT OR UPDATE OF end_time, video_id ON moments
  FOR EACH ROW EXECUTE FUNCTION keep_inside_video();
CREATE TRIGGER inside_video BEFORE INSERT OR UPDATE OF end_time, video_id ON clips
  FOR EACH ROW EXECUTE FUNCTION keep_inside_video();

-- A moment refines one of its own video.
CREATE FUNCTION keep_parent_video() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.video_id <> (SELECT video_id FROM moments WHERE id = NEW.parent_id) THEN
    RAISE EXCEPTION 'A moment refines one of the same video.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'moments_parent_video';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER parent_video BEFORE INSERT OR UPDATE OF parent_id, video_id ON moments
  FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION keep_parent_video();
