-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "AuditLevel" AS ENUM ('INFO', 'WARNING', 'ERROR');

-- CreateEnum
CREATE TYPE "AuditEventType" AS ENUM ('STATE_CHANGE', 'API_CALL', 'ROW_EVENT', 'ERROR');

-- CreateEnum
CREATE TYPE "VideoClipStatus" AS ENUM ('PENDING', 'SUBMITTING', 'SUBMITTED', 'POLLING', 'COMPLETE', 'RAI_FILTERED', 'FAILED', 'TIMED_OUT', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "VideoOrigin" AS ENUM ('GENERATED', 'INGESTED');

-- CreateEnum
CREATE TYPE "ReviewStatus" AS ENUM ('GENERATED', 'APPROVED', 'REJECTED', 'PUBLISHED');

-- CreateEnum
CREATE TYPE "KeyframePosition" AS ENUM ('START', 'END');

-- CreateEnum
CREATE TYPE "KeyframeSource" AS ENUM ('GENERATED', 'INHERITED', 'UPLOADED');

-- CreateEnum
CREATE TYPE "RunKind" AS ENUM ('FILM', 'STITCH');

-- CreateEnum
CREATE TYPE "RunStatus" AS ENUM ('QUEUED', 'RUNNING', 'PAUSED', 'COMPLETED', 'PARTIAL', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "RunStage" AS ENUM ('STORYBOARD', 'KEYFRAMES', 'CLIPS', 'STITCH');

-- CreateEnum
CREATE TYPE "ProjectStatus" AS ENUM ('PENDING', 'STORYBOARDING', 'KEYFRAMING', 'GENERATING_VIDEO', 'STITCHING', 'COMPLETE', 'FAILED', 'PAUSED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "SceneStatus" AS ENUM ('PENDING', 'KEYFRAMES_GENERATING', 'KEYFRAMES_DONE', 'VIDEO_GENERATING', 'VIDEO_DONE', 'FAILED');

-- CreateEnum
CREATE TYPE "Provider" AS ENUM ('ANIMATIC');

-- CreateTable
CREATE TABLE "audit_logs" (
    "id" UUID NOT NULL,
    "sequence" BIGINT,
    "time" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "level" "AuditLevel" NOT NULL DEFAULT 'INFO',
    "event_type" "AuditEventType" NOT NULL,
    "actor" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "project_id" UUID,
    "run_id" UUID,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "version" INTEGER,
    "message" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_logs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "video_clips" (
    "id" UUID NOT NULL,
    "scene_id" UUID NOT NULL,
    "operation_name" TEXT,
    "status" "VideoClipStatus" NOT NULL DEFAULT 'PENDING',
    "gcs_uri" TEXT,
    "local_path" TEXT,
    "duration_seconds" DOUBLE PRECISION,
    "poll_count" INTEGER NOT NULL DEFAULT 0,
    "error_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "completed_at" TIMESTAMPTZ(3),
    "superseded_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "video_clips_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "videos" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "source_url" TEXT,
    "cloud_url" TEXT,
    "file_path" TEXT NOT NULL,
    "poster_path" TEXT,
    "origin" "VideoOrigin" NOT NULL,
    "project_id" UUID,
    "run_id" UUID,
    "duration_seconds" DOUBLE PRECISION NOT NULL,
    "file_size_bytes" BIGINT NOT NULL,
    "video_codec" TEXT NOT NULL,
    "audio_codec" TEXT,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "frame_rate" DOUBLE PRECISION NOT NULL,
    "crossfade_seconds" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "chapters" JSONB NOT NULL DEFAULT '[]',
    "review_status" "ReviewStatus" NOT NULL DEFAULT 'GENERATED',
    "approved_at" TIMESTAMPTZ(3),
    "rejected_reason" TEXT,
    "published_at" TIMESTAMPTZ(3),
    "published_url" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "videos_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "keyframes" (
    "id" UUID NOT NULL,
    "scene_id" UUID NOT NULL,
    "position" "KeyframePosition" NOT NULL,
    "prompt_used" TEXT NOT NULL,
    "file_path" TEXT NOT NULL,
    "mime_type" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "source" "KeyframeSource" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "keyframes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pipeline_runs" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "kind" "RunKind" NOT NULL,
    "project_id" UUID NOT NULL,
    "status" "RunStatus" NOT NULL DEFAULT 'QUEUED',
    "stage" "RunStage",
    "percent" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "stop_after" "RunStage",
    "crossfade_seconds" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "idempotency_key" TEXT,
    "request_digest" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "estimated_cost_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "settled_cost_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "error_stage" "RunStage",
    "error_code" TEXT,
    "error_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "total_duration_seconds" DOUBLE PRECISION,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "pipeline_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "projects" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "prompt" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "style" TEXT NOT NULL DEFAULT 'cinematic',
    "aspect_ratio" TEXT NOT NULL DEFAULT '16:9',
    "target_clip_duration" INTEGER NOT NULL DEFAULT 4,
    "target_duration" INTEGER,
    "provider" "Provider" NOT NULL DEFAULT 'ANIMATIC',
    "status" "ProjectStatus" NOT NULL DEFAULT 'PENDING',
    "style_guide" JSONB,
    "storyboard_raw" JSONB,
    "output_path" TEXT,
    "error_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scenes" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "scene_index" INTEGER NOT NULL,
    "scene_description" TEXT NOT NULL,
    "start_frame_prompt" TEXT NOT NULL,
    "end_frame_prompt" TEXT NOT NULL,
    "video_motion_prompt" TEXT NOT NULL,
    "transition_notes" TEXT NOT NULL,
    "narration" TEXT,
    "status" "SceneStatus" NOT NULL DEFAULT 'PENDING',
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "scenes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspaces" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_logs_sequence_key" ON "audit_logs"("sequence");

-- CreateIndex
CREATE INDEX "audit_logs_workspace_id_sequence_idx" ON "audit_logs"("workspace_id", "sequence");

-- CreateIndex
CREATE INDEX "audit_logs_project_id_sequence_idx" ON "audit_logs"("project_id", "sequence");

-- CreateIndex
CREATE INDEX "audit_logs_run_id_sequence_idx" ON "audit_logs"("run_id", "sequence");

-- CreateIndex
CREATE INDEX "video_clips_scene_id_idx" ON "video_clips"("scene_id");

-- CreateIndex
CREATE UNIQUE INDEX "videos_identifier_key" ON "videos"("identifier");

-- CreateIndex
CREATE INDEX "videos_workspace_id_created_at_id_idx" ON "videos"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "videos_project_id_idx" ON "videos"("project_id");

-- CreateIndex
CREATE INDEX "videos_source_url_idx" ON "videos"("source_url");

-- CreateIndex
CREATE INDEX "videos_created_at_idx" ON "videos"("created_at");

-- CreateIndex
CREATE INDEX "keyframes_scene_id_idx" ON "keyframes"("scene_id");

-- CreateIndex
CREATE INDEX "pipeline_runs_project_id_created_at_idx" ON "pipeline_runs"("project_id", "created_at");

-- CreateIndex
CREATE INDEX "pipeline_runs_workspace_id_created_at_id_idx" ON "pipeline_runs"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "pipeline_runs_workspace_id_idempotency_key_key" ON "pipeline_runs"("workspace_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "projects_workspace_id_created_at_id_idx" ON "projects"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "projects_workspace_id_status_idx" ON "projects"("workspace_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "scenes_project_id_scene_index_key" ON "scenes"("project_id", "scene_index");

-- AddForeignKey
ALTER TABLE "video_clips" ADD CONSTRAINT "video_clips_scene_id_fkey" FOREIGN KEY ("scene_id") REFERENCES "scenes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "videos" ADD CONSTRAINT "videos_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "videos" ADD CONSTRAINT "videos_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "videos" ADD CONSTRAINT "videos_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "pipeline_runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "keyframes" ADD CONSTRAINT "keyframes_scene_id_fkey" FOREIGN KEY ("scene_id") REFERENCES "scenes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pipeline_runs" ADD CONSTRAINT "pipeline_runs_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pipeline_runs" ADD CONSTRAINT "pipeline_runs_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "projects" ADD CONSTRAINT "projects_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scenes" ADD CONSTRAINT "scenes_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;
