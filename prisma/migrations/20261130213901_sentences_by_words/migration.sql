-- Search asks which sentences of all transcripts have certain words.
CREATE INDEX "transcript_sentences_words_idx" ON "transcript_sentences" USING GIN ("words");
