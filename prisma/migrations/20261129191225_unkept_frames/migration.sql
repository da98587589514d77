-- CreateTable
CREATE TABLE "unkept_frames" (
    "id" UUID NOT NULL,
    "scene_id" UUID NOT NULL,
    "position" "KeyframePosition" NOT NULL,
    "prompt_used" TEXT NOT NULL,
    "file_path" TEXT NOT NULL,
    "mime_type" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "fitted" TEXT,
    "machine" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "unkept_frames_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "unkept_frames_scene_id_position_key" ON "unkept_frames"("scene_id", "position");

-- AddForeignKey
ALTER TABLE "unkept_frames" ADD CONSTRAINT "unkept_frames_scene_id_fkey" FOREIGN KEY ("scene_id") REFERENCES "scenes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
