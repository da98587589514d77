-- AlterEnum
ALTER TYPE "RefusedInput" ADD VALUE 'SOUND';

-- AlterTable
ALTER TABLE "scenes" ADD COLUMN     "without_sound" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "video_clips" ADD COLUMN     "missing_since" TIMESTAMPTZ(3),
ADD COLUMN     "not_before" TIMESTAMPTZ(3),
ADD COLUMN     "ordered_anew" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "step_waits" (
    "run_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "step_waits_pkey" PRIMARY KEY ("run_id","key")
);

-- CreateTable
CREATE TABLE "provider_holds" (
    "provider" "Provider" NOT NULL,
    "call" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "provider_holds_pkey" PRIMARY KEY ("provider","call","model")
);

-- AddForeignKey
ALTER TABLE "step_waits" ADD CONSTRAINT "step_waits_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "pipeline_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
