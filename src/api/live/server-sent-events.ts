import type { ExecutionResult } from 'graphql';
import { type FetchAPI, isAsyncIterable, type Plugin } from 'graphql-yoga';
import { formatError } from '../present-error.ts';
import type { Rendered } from './outlet.ts';

/** As for sockets: proxies and clients take a silent connection for a dead one. */
const HEARTBEAT_MILLISECONDS = 12_000;
const HEARTBEAT = ':\n\n';
const COMPLETE = 'event: complete\ndata:\n\n';

/** An event, or what Yoga makes of an error that ends them. */
type Served = Rendered | Pick<ExecutionResult, 'errors'>;

/**
 * Serves subscriptions as Server-Sent Events with an `id`, the cursor: a browser that lost the connection sends it
 * back as `Last-Event-ID` and goes on from there. Yoga's own have none.
 */
export function useServerSentEvents(): Plugin {
  return {
    onResultProcess(process) {
      // Where there is a processor, Yoga has found that the client takes a stream of events.
      if (!isAsyncIterable(process.result) || !process.resultProcessor) return;
      const events = (process.result as AsyncIterable<Served>)[Symbol.asyncIterator]();
      process.setResultProcessor((_result, fetchAPI) => respond(events, fetchAPI), 'text/event-stream');
    },
  };
}

function respond(events: AsyncIterator<Served>, { ReadableStream, Response, TextEncoder }: FetchAPI) {
  const encoder = new TextEncoder();
  let heartbeat: NodeJS.Timeout;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const beat = () => {
        if (controller.desiredSize !== null && controller.desiredSize > 0) {
          controller.enqueue(encoder.encode(HEARTBEAT));
        }
      };
      beat();
      heartbeat = setInterval(beat, HEARTBEAT_MILLISECONDS);
    },
    async pull(controller) {
      const { text, last } = await nextText(events);
      controller.enqueue(encoder.encode(text));
      if (!last) return;
      clearInterval(heartbeat);
      controller.close();
    },
    async cancel() {
      clearInterval(heartbeat);
      await events.return?.();
    },
  });
  return new Response(stream, {
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' },
  });
}

async function nextText(events: AsyncIterator<Served>): Promise<{ text: string; last: boolean }> {
  const { done, value } = await events.next();
  if (done) return { text: COMPLETE, last: true };
  if ('json' in value) {
    const { position, json } = value;
    return { text: `id: ${position}\nevent: next\ndata: ${json}\n\n`, last: false };
  }
  const errors = value.errors?.map(formatError);
  return { text: `event: next\ndata: ${JSON.stringify({ errors })}\n\n`, last: false };
}
