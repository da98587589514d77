-- CreateEnum
CREATE TYPE "ReferenceKind" AS ENUM ('CHARACTER', 'PRODUCT');

-- CreateEnum
CREATE TYPE "ClipSource" AS ENUM ('KEYFRAMES', 'REFERENCE_IMAGES');

-- AlterTable
ALTER TABLE "projects" ADD COLUMN     "clips_from" "ClipSource" NOT NULL DEFAULT 'KEYFRAMES';

-- CreateTable
CREATE TABLE "reference_images" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "ReferenceKind" NOT NULL,
    "file_path" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reference_images_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "reference_images_project_id_name_key" ON "reference_images"("project_id", "name");

-- AddForeignKey
ALTER TABLE "reference_images" ADD CONSTRAINT "reference_images_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Prisma cannot express CHECKs.
ALTER TABLE "reference_images"
  ADD CONSTRAINT reference_images_name CHECK (length(name) > 0),
  ADD CONSTRAINT reference_images_measures CHECK (width > 0 AND height > 0 AND size_bytes > 0);
