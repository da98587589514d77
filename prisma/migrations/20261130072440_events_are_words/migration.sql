-- What events there are is said once, in code beside what each tells of (changeEvent): the graph's enum follows from that.
-- By hand: Prisma would drop the columns with what is in them.
ALTER TABLE "webhooks" ALTER COLUMN "events" TYPE TEXT[] USING "events"::TEXT[];
ALTER TABLE "webhook_deliveries" ALTER COLUMN "type" TYPE TEXT USING "type"::TEXT;
DROP TYPE "EventType";
