-- CreateEnum
CREATE TYPE "WebhookErrorCode" AS ENUM ('UNREACHABLE', 'TIMED_OUT', 'ADDRESS_REFUSED', 'REDIRECTED', 'REFUSED', 'GONE', 'PAYLOAD_TOO_LARGE', 'SECRET_UNREADABLE');

-- AlterTable
ALTER TABLE "webhook_deliveries" ADD COLUMN     "error_code" "WebhookErrorCode";

-- By hand: what is known of tries from before there were codes; and a failure has its code and its words, or neither.
UPDATE webhook_deliveries SET error_code = (CASE
  WHEN response_status = 410 THEN 'GONE'
  WHEN response_status BETWEEN 300 AND 399 THEN 'REDIRECTED'
  WHEN response_status IS NOT NULL THEN 'REFUSED'
  WHEN error_message LIKE 'No answer within%' THEN 'TIMED_OUT'
  ELSE 'UNREACHABLE'
END)::"WebhookErrorCode" WHERE error_message IS NOT NULL;
ALTER TABLE webhook_deliveries
  ADD CONSTRAINT webhook_deliveries_failure CHECK ((error_code IS NULL) = (error_message IS NULL));
