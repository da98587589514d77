-- Uploads go into the bucket as they come, in blocks; a request has an upload by a lease.
-- AlterTable
ALTER TABLE "uploads" ADD COLUMN     "held_by" UUID,
ADD COLUMN     "held_until" TIMESTAMPTZ(3),
ADD COLUMN     "wanted_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "upload_blocks" (
    "id" UUID NOT NULL,
    "upload_id" UUID NOT NULL,
    "first_byte" BIGINT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "file_path" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "upload_blocks_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "upload_blocks_file_path_idx" ON "upload_blocks"("file_path");

-- CreateIndex
CREATE UNIQUE INDEX "upload_blocks_upload_id_first_byte_key" ON "upload_blocks"("upload_id", "first_byte");

-- AddForeignKey
ALTER TABLE "upload_blocks" ADD CONSTRAINT "upload_blocks_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "uploads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "upload_blocks" ADD CONSTRAINT "upload_blocks_bytes" CHECK ("first_byte" >= 0 AND "size_bytes" > 0);
