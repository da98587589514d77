-- Before a file is removed, every table is asked whether a row of it names that file.
CREATE INDEX "keyframes_file_path_idx" ON "keyframes"("file_path");
CREATE INDEX "reference_images_file_path_idx" ON "reference_images"("file_path");
CREATE INDEX "video_clips_local_path_idx" ON "video_clips"("local_path");
CREATE INDEX "videos_file_path_idx" ON "videos"("file_path");
CREATE INDEX "videos_poster_path_idx" ON "videos"("poster_path");
