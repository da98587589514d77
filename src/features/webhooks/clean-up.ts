import type { Ctx } from '../../platform/context.ts';
import { sealAnew } from './secret.ts';
import { turnBackWebhooks } from './turn-back.ts';
import { catchUpIdleWebhooks } from './webhook.sql.ts';

/** How long deliveries are kept for people to look at; ours. */
const KEPT_MILLISECONDS = 30 * 24 * 3_600_000;
/** Deleted by one statement, so that none takes long, however many there are. */
const BATCH = 5_000;

/**
 * Removes deliveries that were last sent more than 30 days ago and secrets that sign no more, seals the others with the
 * newest key, and moves webhooks that have nothing to read, or stand ahead of it, to the end of the log.
 *
 * @returns how many secrets could not be sealed with the newest key, for a person to look after.
 */
export async function cleanUpWebhooks(
  ctx: Pick<Ctx, 'db' | 'secrets' | 'actor'>,
): Promise<{ unsealed: number }> {
  const { db } = ctx;
  const now = Date.now();
  await forgetDeliveries(db, new Date(now - KEPT_MILLISECONDS));
  await db.webhookSecret.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
  await turnBackWebhooks(ctx);
  await catchUpIdleWebhooks(db);
  return { unsealed: await sealAnew(ctx) };
}

async function forgetDeliveries({ webhookDelivery }: Ctx['db'], before: Date): Promise<void> {
  const old = { where: { lastAttemptAt: { lt: before } }, limit: BATCH };
  while ((await webhookDelivery.deleteMany(old)).count === BATCH);
}
