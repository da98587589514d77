import { setTimeout as delay } from 'node:timers/promises';
import { errorPresenter, formatError } from '../api/present-error.ts';
import { schema } from '../api/schema.ts';
import { DomainError } from '../core/errors.ts';
import type { MediaSigner } from '../features/assets/media-signer.ts';
import { deliver, type PrepareSelector } from '../features/webhooks/deliver.ts';
import { readEventDocument, selectEvent } from '../features/webhooks/event-document.graphql.ts';
import { keepHouse } from '../features/webhooks/keep-house.ts';
import { LEASE_SECONDS } from '../features/webhooks/record-delivery.ts';
import { claimDueWebhooks, nextWebhookDueAt, type WebhookClaim } from '../features/webhooks/webhook.sql.ts';
import type { Ctx } from '../platform/context.ts';
import type { Log } from '../platform/log.ts';

/** Webhooks at a time in one process: each mostly waits for its receiver. */
const WEBHOOKS_AT_ONCE = 16;
/** Longest sleep: a webhook may have come due that another process put off. Milliseconds. */
const LONGEST_SLEEP_MS = 2_000;
/** Events that follow each other within it are looked for together: every step of a run is some. Milliseconds. */
const GATHER_MS = 50;
const AFTER_FAILURE_MS = 1_000;
const HOUSEKEEPING_MS = 3_600_000;

/**
 * Tells webhooks what happens, until it is closed.
 *
 * @param signer makes the addresses of files in payloads.
 * @returns what ends it; calls on their way are cut, and made again by somebody else with the same message ids.
 */
export function startWebhooks(ctx: Ctx, log: Log, signer: MediaSigner): { close(): Promise<void> } {
  const stop = new AbortController();
  const beat = ctx.pulse.begin('webhooks');
  const going = new Set<Promise<void>>();
  const prepare = selectorOf(ctx, log, signer);
  let hasNews = false;
  let wake: (() => void) | null = null;
  const rouse = () => {
    hasNews = true;
    wake?.();
  };
  const stopListening = ctx.events.listen(rouse);

  const sleep = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, hasNews ? 0 : Math.max(0, milliseconds));
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const tell = async (held: WebhookClaim) => {
    try {
      await deliver(ctx, held, prepare, stop.signal);
    } catch (error) {
      // Its lease ends by itself, and the event is sent again.
      if (!stop.signal.aborted) log.warn({ err: error, webhookId: held.id }, 'a webhook could not be told');
    }
  };

  async function claim(): Promise<number> {
    const due = await claimDueWebhooks(ctx.db, WEBHOOKS_AT_ONCE - going.size, LEASE_SECONDS);
    for (const held of due) {
      const telling = tell(held).finally(() => {
        going.delete(telling);
        rouse();
      });
      going.add(telling);
    }
    return due.length;
  }

  async function loop(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        hasNews = false;
        const isFull = going.size === WEBHOOKS_AT_ONCE;
        const next = isFull ? null : await nextWebhookDueAt(ctx.db);
        beat.done();
        const wait = (next?.getTime() ?? Infinity) - Date.now();
        if (wait <= 0 && (await claim()) > 0) continue;
        await sleep(Math.min(LONGEST_SLEEP_MS, wait));
        await delay(GATHER_MS);
      } catch (error) {
        beat.failed();
        if (!stop.signal.aborted) log.warn({ err: error }, 'webhooks could not be told');
        await sleep(AFTER_FAILURE_MS);
      }
    }
  }

  const cleanUp = async () => {
    try {
      const { unsealed } = await keepHouse(ctx);
      if (unsealed > 0)
        log.warn({ secrets: unsealed }, 'Secrets of webhooks are not sealed with VIDPIPE_SECRET_KEY.');
    } catch (error) {
      log.warn({ err: error }, 'webhooks were not cleaned up after');
    }
  };
  let cleaning = cleanUp();
  const housekeeping = setInterval(() => {
    cleaning = cleaning.then(cleanUp);
  }, HOUSEKEEPING_MS);
  const looping = loop();
  return {
    async close() {
      stop.abort(new Error('The worker is stopping.'));
      clearInterval(housekeeping);
      stopListening();
      beat.end();
      rouse();
      await Promise.all([looping, cleaning]);
      await Promise.all(going);
    },
  };
}

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
