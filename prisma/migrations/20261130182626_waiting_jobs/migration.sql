-- AlterTable
ALTER TABLE "jobs" ADD COLUMN     "waiting_since" TIMESTAMPTZ(3),
ADD COLUMN     "waits_until" TIMESTAMPTZ(3);

-- Whoever waits is tried again.
ALTER TABLE jobs ADD CONSTRAINT jobs_waiting_check CHECK ((waiting_since IS NULL) = (waits_until IS NULL));
