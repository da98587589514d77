-- Search asks which sentences have words like one that was typed wrong. Where the server has no pg_trgm, or this user may not
-- install it, such words are not found, and all else goes on.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX "transcript_sentences_text_like_idx" ON "transcript_sentences" USING GIN (lower("text") gin_trgm_ops);
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'Words that are typed wrong will not be found: %', SQLERRM;
END $$;
