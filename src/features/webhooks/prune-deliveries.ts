import type { Ctx } from '../../platform/context.ts';

/** How long deliveries are kept for people to look at; ours. */
const KEPT_MILLISECONDS = 30 * 24 * 3_600_000;

/** Removes deliveries that were last sent more than 30 days ago. */
export async function pruneDeliveries({ db }: Ctx): Promise<void> {
  const before = new Date(Date.now() - KEPT_MILLISECONDS);
  await db.webhookDelivery.deleteMany({ where: { lastAttemptAt: { lt: before } } });
}
