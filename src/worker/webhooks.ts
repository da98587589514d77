import { errorPresenter, formatError } from '../api/operations/present-error.ts';
import { schema } from '../api/schema.ts';
import { DomainError } from '../core/errors.ts';
import type { MediaSigner } from '../features/assets/media-signer.ts';
import { deliver, type PrepareSelector } from '../features/webhooks/deliver.ts';
import { readEventDocument, selectEvent } from '../features/webhooks/event-document.graphql.ts';
import { LEASE_SECONDS } from '../features/webhooks/record-delivery.ts';
import { claimDueWebhooks, nextWebhookDueMs } from '../features/webhooks/webhook.sql.ts';
import type { Ctx } from '../platform/context.ts';
import type { Log } from '../platform/log.ts';
import { dueLoop } from './due-loop.ts';
import type { Task } from './task.ts';

/**
 * Tells webhooks what happens. Calls that are cut when it ends are made again by somebody else, with the same message
 * ids.
 *
 * @param signer makes the addresses of files in payloads.
 */
export const webhooks =
  (signer: MediaSigner): Task =>
  (ctx, { log }) => {
    const prepare = selectorOf(ctx, log, signer);
    return dueLoop(ctx, {
      work: 'webhooks',
      atOnce: 16,
      claim: (limit) => claimDueWebhooks(ctx.db, limit, LEASE_SECONDS),
      nextDueMs: () => nextWebhookDueMs(ctx.db),
      handle: (held, signal) => deliver(ctx, held, prepare, signal),
      wakeOn: () => true,
      log,
    });
  };

/** @throws {DomainError} for people, if the graph outgrew the document. */
function readStored(document: string) {
  try {
    return readEventDocument(schema, document);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const message = `Its document fits this version of the graph no more: ${error.message}`;
    throw new DomainError(error.code, message, { cause: error });
  }
}

/** Selects as the webhook's workspace sees it, each event with caches of its own. */
function selectorOf(ctx: Ctx, log: Log, { query: mediaQuery }: MediaSigner): PrepareSelector {
  const present = errorPresenter(log);
  return ({ document, workspaceId, origin }) => {
    const selection = readStored(document);
    const actor = { name: 'webhook', workspaceId };
    return (entry) =>
      selectEvent(
        schema,
        selection,
        entry,
        { ...ctx, actor, origin, mediaQuery, lastEventId: null },
        (error) => formatError(present(error)),
      );
  };
}
