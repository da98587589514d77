/** Sending a webhook what happened, one event after another. */
import { DomainError } from '../../core/errors.ts';
import type { AuditLog, Webhook } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import { visibleEntries } from '../audit/audit.ts';
import { eventTypeOf, matches } from './event-type.ts';
import {
  type Attempt,
  disableHeld,
  handBack,
  recordDelivered,
  recordFailed,
  type SentEvent,
} from './record-delivery.ts';
import { signedHeaders } from './sign.ts';
import { requireReach } from './webhook.ts';
import type { WebhookClaim } from './webhook.sql.ts';

/** Entries read at once; a webhook then waits its turn behind the others. */
const BATCH = 100;

/** What a webhook's document selects of an event, and what could not be read of it. */
export type Selection = { data: unknown; errors?: readonly unknown[] };

/** Selects what a webhook asked for. */
export type Selector = (entry: AuditLog) => Promise<Selection>;

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
  const keys = secrets.map(({ secret }) => secret);

  let { cursor } = target;
  for (const entry of await readLog(ctx, target)) {
    if (signal.aborted) break;
    const type = eventTypeOf(entry);
    if (matches(target.events, type)) {
      const event = { entry, type };
      const attempt = await send(ctx, target, keys, event, await select(entry), signal);
      const isTaken = attempt.errorMessage === null;
      // What this process cut itself is no failure of the receiver's.
      if (!isTaken && signal.aborted) break;
      if (!isTaken) return recordFailed(ctx, held, event, attempt);
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
  const entries = await db.auditLog.findMany({
    where: { ...visibleEntries({ ...actor, workspaceId }), sequence: { gt: cursor } },
    orderBy: { sequence: 'asc' },
    take: BATCH,
  });
  return entries.filter((entry): entry is SentEvent['entry'] => entry.sequence !== null);
}

async function send(
  { outbound }: Ctx,
  { id, url }: Webhook,
  secrets: readonly string[],
  { entry, type }: SentEvent,
  selection: Selection,
  signal: AbortSignal,
): Promise<Attempt> {
  const body = JSON.stringify({ type, timestamp: entry.time, ...selection });
  const at = new Date();
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'vidpipe',
    ...signedHeaders(secrets, { id: `msg_${id}_${entry.sequence}`, at, body }),
  };
  const since = () => Date.now() - at.getTime();
  try {
    const { status, retryAfterSeconds } = await outbound.post(new URL(url), headers, body, signal);
    const durationMilliseconds = since();
    return {
      responseStatus: status,
      retryAfterSeconds,
      errorMessage: refusalOf(status),
      durationMilliseconds,
    };
  } catch (error) {
    const errorMessage = error instanceof Error ? error.message : String(error);
    return { responseStatus: null, retryAfterSeconds: null, errorMessage, durationMilliseconds: since() };
  }
}

/** What is wrong with a status; null if it says that the message was taken. */
function refusalOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400)
    return `The receiver answered ${status}; redirects are not followed: give the webhook its new address.`;
  return `The receiver answered ${status}.`;
}
