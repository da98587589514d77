/** Sending a webhook what happened, one event after another. */
import { DomainError } from '../../core/errors.ts';
import type { Webhook, WebhookSecret } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import { SecretUnreadableError } from '../../platform/secrets/secrets.ts';
import { visibleEntries } from '../audit/log/audit.ts';
import { eventTypeOf } from '../audit/log/event-types.ts';
import type { NumberedEntry } from '../audit/log/numbered-entry.ts';
import { disableHeld, handBack, recordDelivered, recordFailed } from './record-delivery.ts';
import { signingSecrets } from './secret.ts';
import { type Attempt, type Selection, send, type SentEvent, unsent } from './send.ts';
import { requireReach } from './webhook.ts';
import type { WebhookClaim } from './webhook.sql.ts';

/** Entries read at once; a webhook then waits its turn behind the others. */
const BATCH = 100;

/** Selects what a webhook asked for. */
export type Selector = (entry: NumberedEntry) => Promise<Selection>;

/** @throws {DomainError} for people, if the webhook's document fits this version of the graph no more. */
export type PrepareSelector = (webhook: Webhook) => Selector;

/**
 * Sends the claimed webhook the next events it asked for, in the log's order; one that fails ends it until its next
 * try, and those behind it wait. An event whose delivery is not written down, for the process died or lost the claim,
 * is sent again with the same message id.
 */
export async function deliver(
  ctx: Ctx,
  held: WebhookClaim,
  prepare: PrepareSelector,
  signal: AbortSignal,
): Promise<void> {
  const webhook = await ctx.db.webhook.findFirst({
    where: held,
    include: { secrets: { where: { OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] } } },
  });
  if (!webhook) return;
  const { secrets, ...target } = webhook;
  const select = await prepareOrDisable(ctx, held, target, prepare);
  if (!select) return;

  let { cursor } = target;
  for (const entry of await readLog(ctx, target)) {
    if (signal.aborted) break;
    const type = eventTypeOf(entry.subjectType);
    if (target.events.length === 0 || target.events.includes(type)) {
      const event = { entry, type };
      const attempt = await trySend(ctx, target, secrets, event, () => select(entry), signal);
      const { failure } = attempt;
      // What this process cut itself is no failure of the receiver's.
      if (failure && signal.aborted) break;
      if (failure) return recordFailed(ctx, held, event, { ...attempt, failure });
      if (!(await recordDelivered(ctx, held, event, attempt))) return;
    }
    cursor = entry.sequence;
  }
  await handBack(ctx, held, cursor);
}

async function prepareOrDisable(ctx: Ctx, held: WebhookClaim, webhook: Webhook, prepare: PrepareSelector) {
  try {
    await requireReach(ctx.db, webhook);
    return prepare(webhook);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await disableHeld(ctx, held, error.message);
    return null;
  }
}

async function readLog({ db, actor }: Ctx, { workspaceId, cursor }: Webhook) {
  const owner = { ...actor, workspaceId };
  const entries = await db.auditLog.findMany({
    where: { ...visibleEntries(owner), sequence: { gt: cursor } },
    orderBy: { sequence: 'asc' },
    take: BATCH,
  });
  return entries.filter((entry): entry is NumberedEntry => entry.sequence !== null);
}

async function trySend(
  { outbound, secrets }: Ctx,
  webhook: Webhook,
  kept: readonly WebhookSecret[],
  event: SentEvent,
  select: () => Promise<Selection>,
  signal: AbortSignal,
): Promise<Attempt> {
  try {
    const keys = signingSecrets(secrets, kept);
    return await send(outbound, webhook, keys, event, await select(), signal);
  } catch (error) {
    if (!(error instanceof SecretUnreadableError)) throw error;
    return unsent({ code: 'SECRET_UNREADABLE', message: `The secret cannot be read. ${error.message}` });
  }
}
