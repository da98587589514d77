-- Sentences of transcripts, to be found by their words. Those of transcripts that are there are filled in by upkeep, by the
-- same code that writes those of new ones: how text is read for search is said once.
CREATE TABLE "transcript_sentences" (
    "transcript_id" UUID NOT NULL,
    "sentence_index" INTEGER NOT NULL,
    "start_time" DOUBLE PRECISION NOT NULL,
    "end_time" DOUBLE PRECISION NOT NULL,
    "text" TEXT NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "transcript_sentences_pkey" PRIMARY KEY ("transcript_id","sentence_index")
);

ALTER TABLE "transcript_sentences" ADD CONSTRAINT "transcript_sentences_transcript_id_fkey" FOREIGN KEY ("transcript_id") REFERENCES "transcripts"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "transcript_sentences" ADD CONSTRAINT "transcript_sentences_time_check"
  CHECK (sentence_index >= 0 AND start_time >= 0 AND end_time >= start_time);
