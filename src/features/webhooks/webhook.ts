/** Webhooks as people make and change them. Each change is an entry of the log; none of them holds a secret. */
import { DomainError, refuseIssues } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { Webhook } from '../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { positionOf } from '../audit/live/read-log.ts';
import { makeOnce } from '../idempotency/make-once.ts';
import { changeWebhook, webhookStates } from './webhook-states.ts';
import { makeSecret } from './secret.ts';
import { lockWebhook, lockWebhooksOf } from './webhook.sql.ts';
import { type WebhookInput, webhookIssues } from './webhook-input.ts';
import { ownedThrough } from '../../platform/database/owned.ts';

/** Ours: for each of them, every event may cost a read of the graph and a call. */
export const MAX_WEBHOOKS = 20;

/** The webhooks `actor` may see. */
export const visibleWebhooks = ownedThrough('Webhook');

/** The deliveries `actor` may see: those of the actor's webhooks. */
export const visibleDeliveries = ownedThrough('WebhookDelivery', 'webhook');

/** What sets a webhook off anew: no failure counts, its turn is now, and a worker that has it writes nothing more. */
export const ANEW = { failures: 0, failingSince: null, claim: { increment: 1 } } as const;

export type NewWebhook = WebhookInput & {
  /** Address of this API as the caller reached it. */
  origin: string;
  /** Asked again with it, the same webhook is the answer, without its secret. */
  idempotencyKey?: string | null;
};

/**
 * Creates a webhook; it is sent what happens from now on.
 *
 * @returns it, and the secret that signs its messages, which is never told again: null where an earlier request with
 * the same key has made it.
 * @throws {DomainError} `INVALID_INPUT` naming `url` or `events` (the document is the caller's to check);
 * `TOO_MANY_WEBHOOKS`; `SECRET_KEY_MISSING`; as `makeOnce`.
 */
export async function createWebhook(
  ctx: Ctx,
  input: NewWebhook,
): Promise<{ webhook: Webhook; secret: string | null }> {
  refuseIssues(webhookIssues(input, ctx.outbound));
  const { url, events, document, origin, idempotencyKey = null } = input;
  const cursor = await positionOf(ctx, null);
  const { secret, row } = makeSecret(ctx.secrets);
  const { workspaceId } = ctx.actor;
  const id = newId();
  const make = async (tx: Tx) => {
    await requireRoom(tx, ctx.actor);
    const created = await tx.webhook.create({
      data: {
        id,
        workspaceId,
        url,
        events: eventsToKeep(events),
        document,
        origin,
        cursor,
        secrets: { create: row },
      },
    });
    const host = new URL(url).host;
    const message = `A webhook to ${host} was created.`;
    await webhookStates.record(tx, ctx.actor, created, null, { message });
    return created;
  };
  const asked = { createWebhook: url, events, document };
  const webhook = await makeOnce(ctx, { asked, key: idempotencyKey }, { make, find: findWebhook });
  return { webhook, secret: webhook.id === id ? secret : null };
}

const findWebhook = (tx: Tx, id: string) => tx.webhook.findUnique({ where: { id } });

/** None stand for all, those included that a later version brings. */
const eventsToKeep = (events: WebhookInput['events']) => [...new Set(events)];

async function requireRoom(tx: Tx, actor: Actor): Promise<void> {
  await lockWebhooksOf(tx, actor.workspaceId);
  if ((await tx.webhook.count({ where: visibleWebhooks(actor) })) < MAX_WEBHOOKS) return;
  throw new DomainError(
    'TOO_MANY_WEBHOOKS',
    `A workspace may have ${MAX_WEBHOOKS} webhooks; delete one first.`,
  );
}

export type WebhookChange = Partial<Omit<NewWebhook, 'idempotencyKey'>> & { isEnabled?: boolean };

/**
 * Changes a webhook. One that is enabled goes on from where it stopped: nothing that happened meanwhile is left out.
 *
 * @throws {DomainError} `NOT_FOUND`; `INVALID_INPUT` naming `url` or `events`; `CURSOR_EXPIRED`
 * naming `isEnabled`, if the log no longer reaches back to where it stopped (`replayWebhook` from a later cursor).
 */
export async function updateWebhook(ctx: Ctx, webhookId: string, change: WebhookChange): Promise<Webhook> {
  refuseIssues(webhookIssues(change, ctx.outbound));
  const { isEnabled, events, ...data } = change;
  return ctx.db.$transaction(async (tx) => {
    const before = await requireWebhook(tx, ctx.actor, webhookId);
    const status = isEnabled === undefined ? before.status : isEnabled ? 'ENABLED' : 'DISABLED';
    const isMoved = status !== before.status;
    if (isMoved && status === 'ENABLED') await requireReach(tx, before);
    const disabledReason = status === 'ENABLED' ? null : 'A person disabled it.';
    return changeWebhook(tx, ctx.actor, before, status, 'A webhook was changed.', {
      ...data,
      ...(events !== undefined && { events: eventsToKeep(events) }),
      // Whoever is delivering to the old address writes nothing more, and the change counts from the next event on.
      ...ANEW,
      nextAttemptAt: new Date(),
      ...(isMoved && { disabledReason }),
    });
  });
}

/**
 * Deletes a webhook with its secrets and the record of its deliveries; its log entries stay.
 *
 * @returns the id of what is gone.
 * @throws {DomainError} `NOT_FOUND`.
 */
export async function deleteWebhook({ db, actor }: Ctx, webhookId: string): Promise<string> {
  await db.$transaction(async (tx) => {
    const webhook = await requireWebhook(tx, actor, webhookId);
    await tx.webhook.delete({ where: { id: webhookId } });
    const message = 'A webhook was deleted.';
    await webhookStates.record(tx, actor, webhook, webhook.status, { message, isDeleted: true });
  });
  return webhookId;
}

/**
 * Finds a webhook of the actor's and holds it until `tx` ends.
 *
 * @throws {DomainError} `NOT_FOUND` if it is absent or not the actor's.
 */
export async function requireWebhook(tx: Tx, actor: Actor, id: string): Promise<Webhook> {
  await lockWebhook(tx, id);
  const webhook = await tx.webhook.findFirst({ where: { id, ...visibleWebhooks(actor) } });
  if (!webhook) throw new DomainError('NOT_FOUND', 'No such webhook.', { path: ['webhookId'] });
  return webhook;
}

/**
 * Goes on if the log has everything that a webhook was not sent yet: events are not left out in silence.
 *
 * @throws {DomainError} `CURSOR_EXPIRED` naming `isEnabled` (`replayWebhook` from a later cursor).
 */
export async function requireReach(db: Tx, { cursor }: Webhook): Promise<void> {
  try {
    await positionOf({ db }, String(cursor));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const message =
      'The log no longer reaches back to where it stopped; use replayWebhook from a later cursor.';
    throw new DomainError(error.code, message, { path: ['isEnabled'], cause: error });
  }
}
