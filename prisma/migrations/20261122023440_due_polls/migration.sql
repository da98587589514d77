-- What every worker asks for every second; nearly all clips have no poll before them.
CREATE INDEX "video_clips_due_polls" ON "video_clips" ("next_poll_at") WHERE "next_poll_at" IS NOT NULL;
