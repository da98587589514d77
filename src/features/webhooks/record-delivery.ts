/** What came of sending an event, written by whoever holds the webhook: a worker that lost its claim writes nothing. */
import { newId } from '../../core/ids.ts';
import type {
  Prisma,
  Webhook,
  WebhookDeliveryStatus,
  WebhookErrorCode,
} from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { GIVE_UP_HOURS, nextTryAt } from './next-try.ts';
import { webhookStates } from './webhook-states.ts';
import type { Attempt, Failure, SentEvent } from './send.ts';
import { lockWebhook, type WebhookClaim } from './webhook.sql.ts';

/** Seconds a claimed webhook belongs to its worker, from its last write on: a little longer than a call may take. */
export const LEASE_SECONDS = 20;

/** Failures that another try does not mend: a person must. */
const FINAL: ReadonlySet<WebhookErrorCode> = new Set(['GONE', 'PAYLOAD_TOO_LARGE']);

/** Hands a held webhook back, with everything up to `cursor` dealt with; nothing happens if the claim was lost. */
export const handBack = ({ db }: Ctx, held: WebhookClaim, cursor: bigint): Promise<void> =>
  db.$transaction(async (tx) => {
    if (await writeHeld(tx, held, { cursor, nextAttemptAt: new Date() }))
      await skipPassed(tx, held.id, cursor);
  });

/** Writes of events up to `cursor` that were to be tried again that they will not be. */
export async function skipPassed(tx: Tx, webhookId: string, cursor: bigint): Promise<void> {
  await tx.webhookDelivery.updateMany({
    where: { webhookId, status: 'RETRYING', sequence: { lte: cursor } },
    data: { status: 'SKIPPED' },
  });
}

/**
 * Writes that an event was taken, and moves the cursor past it.
 *
 * @returns false if the claim was lost: somebody else sends it again.
 */
export const recordDelivered = (
  { db }: Ctx,
  held: WebhookClaim,
  event: SentEvent,
  attempt: Attempt,
): Promise<boolean> =>
  db.$transaction(async (tx) => {
    const nextAttemptAt = new Date(Date.now() + LEASE_SECONDS * 1_000);
    const data = { cursor: event.entry.sequence, failures: 0, failingSince: null, nextAttemptAt };
    if (!(await writeHeld(tx, held, data))) return false;
    await recordAttempt(tx, held, event, attempt, 'DELIVERED');
    return true;
  });

/**
 * Writes that an event was not taken and when it is tried again; the cursor stays. After 24 hours of failures, or
 * one that trying again does not mend, the webhook is disabled where it stands.
 */
export const recordFailed = (
  { db, actor }: Ctx,
  held: WebhookClaim,
  event: SentEvent,
  attempt: Attempt & { failure: Failure },
): Promise<void> =>
  db.$transaction(async (tx) => {
    const webhook = await lockHeld(tx, held);
    if (!webhook) return;
    const now = new Date();
    const count = webhook.failures + 1;
    const since = webhook.failingSince ?? now;
    const { failure, retryAfterSeconds } = attempt;
    const isFinal = FINAL.has(failure.code);
    const next = isFinal ? null : nextTryAt({ count, since, retryAfterSeconds }, now);
    const data = { failures: count, failingSince: since, nextAttemptAt: next ?? now };
    await tx.webhook.update({ where: { id: held.id }, data });
    await recordAttempt(tx, held, event, attempt, next ? 'RETRYING' : 'FAILED');
    if (!next) {
      const why = isFinal ? '' : `It failed for ${GIVE_UP_HOURS} hours. Last: `;
      await disable(tx, actor, webhook, `${why}${failure.message}`);
    }
  });

/** Disables a held webhook where it stands, for a reason a person can mend. */
export const disableHeld = ({ db, actor }: Ctx, held: WebhookClaim, reason: string): Promise<void> =>
  db.$transaction(async (tx) => {
    const webhook = await lockHeld(tx, held);
    if (webhook) await disable(tx, actor, webhook, reason);
  });

/** @returns false if the claim was lost. */
async function writeHeld(
  tx: Tx,
  held: WebhookClaim,
  data: Prisma.WebhookUpdateManyMutationInput,
): Promise<boolean> {
  const { count } = await tx.webhook.updateMany({ where: { ...held, status: 'ENABLED' }, data });
  return count === 1;
}

async function lockHeld(tx: Tx, held: WebhookClaim) {
  await lockWebhook(tx, held.id);
  return tx.webhook.findFirst({ where: { ...held, status: 'ENABLED' } });
}

async function disable(tx: Tx, actor: Ctx['actor'], webhook: Webhook, disabledReason: string): Promise<void> {
  const as = { ...actor, workspaceId: webhook.workspaceId };
  const message = `A webhook was disabled. ${disabledReason}`;
  await webhookStates.move(tx, as, webhook, 'DISABLED', { message }, { disabledReason });
}

async function recordAttempt(
  tx: Tx,
  { id: webhookId }: WebhookClaim,
  { entry, type }: SentEvent,
  { responseStatus, failure, durationMilliseconds }: Attempt,
  status: WebhookDeliveryStatus,
): Promise<void> {
  const { sequence, id: entryId } = entry;
  const outcome = {
    status,
    responseStatus,
    errorCode: failure?.code ?? null,
    errorMessage: failure?.message ?? null,
    durationMilliseconds,
    lastAttemptAt: new Date(),
  };
  await tx.webhookDelivery.upsert({
    where: { webhookId_sequence: { webhookId, sequence } },
    create: { id: newId(), webhookId, sequence, entryId, type, attempts: 1, ...outcome },
    update: { attempts: { increment: 1 }, ...outcome },
  });
}
