import type { Ctx } from '../../platform/context.ts';
import { catchUpIdleWebhooks } from './webhook.sql.ts';

/** How long deliveries are kept for people to look at; ours. */
const KEPT_MILLISECONDS = 30 * 24 * 3_600_000;

/**
 * Removes deliveries that were last sent more than 30 days ago, and moves webhooks that have nothing to read to the end
 * of the log.
 */
export async function keepHouse({ db }: Ctx): Promise<void> {
  const before = new Date(Date.now() - KEPT_MILLISECONDS);
  await db.webhookDelivery.deleteMany({ where: { lastAttemptAt: { lt: before } } });
  await catchUpIdleWebhooks(db);
}
