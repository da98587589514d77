import type { Ctx } from '../../platform/context.ts';
import { lastNumber } from '../audit/log/last-number.sql.ts';
import { positionOf } from '../audit/live/read-log.ts';
import { ANEW } from './webhook.ts';
import { lockWebhook } from './webhook.sql.ts';
import { webhookStates } from './webhook-states.ts';

/**
 * Moves webhooks that stand ahead of the log, as after a backup of it alone was put back, to its end, and says so in the
 * log: until it had come as far again, they would be sent nothing. Deliveries of numbers that will be given anew go.
 */
export async function turnBackWebhooks(ctx: Pick<Ctx, 'db' | 'actor'>): Promise<void> {
  const ahead = await ctx.db.webhook.findMany({
    where: { cursor: { gt: await lastNumber(ctx.db) } },
    select: { id: true },
  });
  for (const { id } of ahead) await turnBack(ctx, id);
}

const turnBack = ({ db, actor }: Pick<Ctx, 'db' | 'actor'>, id: string): Promise<void> =>
  db.$transaction(async (tx) => {
    await lockWebhook(tx, id);
    const last = await lastNumber(tx);
    // Another process may have been first.
    const before = await tx.webhook.findFirst({ where: { id, cursor: { gt: last } } });
    if (!before) return;
    const cursor = await positionOf({ db: tx }, null);
    await tx.webhookDelivery.deleteMany({ where: { webhookId: id, sequence: { gt: cursor } } });
    const data = { cursor, ...ANEW, nextAttemptAt: new Date() };
    const message = `A webhook stood ahead of the log, at ${before.cursor}, as after a restored backup; it goes on from the log's end, ${cursor}.`;
    const as = { ...actor, workspaceId: before.workspaceId };
    await webhookStates.change(tx, as, before, data, { message });
  });
