-- Films that come in pieces over HTTP (tus). The id that an ingest names may be that of one that is gone.
-- CreateTable
CREATE TABLE "uploads" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "received_bytes" BIGINT NOT NULL DEFAULT 0,
    "touched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "uploads_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "uploads_workspace_id_idx" ON "uploads"("workspace_id");

-- CreateIndex
CREATE INDEX "uploads_touched_at_idx" ON "uploads"("touched_at");

-- AddForeignKey
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "ingests_upload_id_idx" ON "ingests"("upload_id");

ALTER TABLE "uploads" ADD CONSTRAINT "uploads_bytes" CHECK ("received_bytes" BETWEEN 0 AND "size_bytes" AND "size_bytes" > 0);
