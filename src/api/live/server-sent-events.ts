import type { ServerResponse } from 'node:http';
import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';
import { type FetchAPI, isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Full, Places } from '../admission/places.ts';
import { formatError } from '../operations/present-error.ts';
import type { Refusals } from '../admission/refusals.ts';
import type { ServedContext, Transport } from '../operations/served-context.ts';
import { isGone, onceGone } from './once-gone.ts';
import type { Rendered } from './outlet.ts';
import { type StreamPatience, StreamWatch } from './stream-watch.ts';

/** Proxies and clients take a silent connection for a dead one, `vidpipe/client` after 15 s; on a socket clients ask. */
const HEARTBEAT_MILLISECONDS = 5_000;
const HEARTBEAT = ':\n\n';
const COMPLETE = 'event: complete\ndata:\n\n';

/** After so long a client that found no place may come back. */
const RETRY_AFTER_SECONDS = 5;

/** Where streams take their places. */
export type StreamLimits = {
  places: Places;
  refusals: Refusals;
  /** When a client that takes nothing is cut off; within a minute unless given. */
  streamPatience?: StreamPatience;
};

/** An event, or what Yoga makes of an error that ends them. */
type Served = Rendered | Pick<ExecutionResult, 'errors'>;

/**
 * Serves subscriptions as Server-Sent Events with an `id`, the cursor: a browser that lost the connection sends it
 * back as `Last-Event-ID` and goes on from there. Yoga's own have none.
 *
 * A stream takes one of the places that sockets take, before anything of its operation is done; where there is none it is
 * refused with 503.
 */
export function useServerSentEvents({
  places,
  refusals,
  streamPatience,
}: StreamLimits): Plugin<object, Transport> {
  const streams = new StreamWatch(streamPatience);
  return {
    onSubscribe({ args, setResultAndStopExecution }) {
      const { pass, res } = (args as ExecutionArgs).contextValue as ServedContext;
      // Without an answer of its own it is on a socket, which has its place.
      if (!res) return undefined;
      const place = places.enter(pass.keyId);
      if (typeof place === 'string') {
        refusals.count(place);
        return setResultAndStopExecution({ errors: [tooMany(place)] });
      }
      let events: AsyncIterator<unknown> | undefined;
      onceGone(res, () => {
        place.leave();
        void events?.return?.();
      });
      return {
        // Yoga tells nobody of a client that has gone before its stream began.
        onSubscribeResult({ result }) {
          if (!isAsyncIterable(result)) return;
          events = result[Symbol.asyncIterator]();
          if (isGone(res)) void events.return?.();
        },
      };
    },
    onResultProcess(process) {
      // Where there is a processor, Yoga has found that the client takes a stream of events.
      if (!isAsyncIterable(process.result) || !process.resultProcessor) return;
      const events = (process.result as AsyncIterable<Served>)[Symbol.asyncIterator]();
      const { res } = process.serverContext;
      if (res) streams.watch(res);
      process.setResultProcessor((_result, fetchAPI) => respond(events, fetchAPI, res), 'text/event-stream');
    },
  };
}

function tooMany(full: Full): GraphQLError {
  const whose = full === 'key_sockets' ? 'API key' : 'server';
  const message = `This ${whose} has as many sockets and streams as it may; close some, or come back later.`;
  const http = { status: 503, headers: { 'retry-after': String(RETRY_AFTER_SECONDS) } };
  return new GraphQLError(message, { extensions: { code: 'TOO_MANY_SOCKETS', http } });
}

function respond(
  events: AsyncIterator<Served>,
  { ReadableStream, Response, TextEncoder }: FetchAPI,
  answer: ServerResponse | undefined,
) {
  const encoder = new TextEncoder();
  let heartbeat: NodeJS.Timeout;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const beat = () => {
        if (answer && isGone(answer)) return clearInterval(heartbeat);
        if (controller.desiredSize !== null && controller.desiredSize > 0) {
          controller.enqueue(encoder.encode(HEARTBEAT));
        }
      };
      heartbeat = setInterval(beat, HEARTBEAT_MILLISECONDS);
      beat();
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
