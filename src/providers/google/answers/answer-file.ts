/** Answers of Google as a file that anybody may be given: what was asked and what came, without whose it was. */
import type { Exchange } from '../exchanges.ts';
import { field, parseJson } from '../json-walk.ts';
import { nameless, type Whose } from './nameless.ts';
import { type Measure, shortened } from './shorten.ts';
import type { KeptExchange } from './kept-exchange.ts';

/** How Omni was asked for its clip; null where it was not. */
export function transportOf(exchanges: readonly KeptExchange[]): string | null {
  const order = exchanges.findLast(
    ({ method, path }) => method === 'POST' && /\/interactions(\?|$)/.test(path),
  );
  if (!order) return null;
  if (field(order.asked, 'stream') === true) return 'stream';
  return field(order.asked, 'background') === true ? 'background' : 'hold';
}

/** Headers whose values tell nothing of an account; of the others the names alone are kept. */
const HARMLESS = new Set([
  'content-type',
  'content-encoding',
  'content-length',
  'date',
  'server',
  'server-timing',
  'transfer-encoding',
  'vary',
  'retry-after',
  'x-gemini-service-tier',
]);

const LEFT_OUT = '[left out]';

/**
 * The exchanges as they may be shown: no key, no project, no account, no bucket, no path of this machine, and ids renamed
 * in one way throughout, so that they can be played again.
 */
export async function keepExchanges(
  exchanges: readonly Exchange[],
  whose: Whose,
  measure: Measure,
): Promise<KeptExchange[]> {
  const kept: KeptExchange[] = [];
  for (const exchange of exchanges) kept.push(await keep(exchange, measure));
  return nameless(kept, whose);
}

async function keep(
  { method, url, requestBody, status, seconds, headers, body }: Exchange,
  measure: Measure,
): Promise<KeptExchange> {
  const { pathname, search } = new URL(url);
  const isStream = headers['content-type']?.includes('event-stream') === true;
  return {
    method,
    path: pathname + search,
    asked: requestBody === null ? null : await shortened(read(requestBody), measure),
    status,
    seconds: Math.round(seconds * 100) / 100,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, HARMLESS.has(name) ? value : LEFT_OUT]),
    ),
    body: isStream
      ? await keepEvents(body, measure)
      : await shortened(read(body, headers['content-type']), measure),
  };
}

/** JSON, a text, or bytes. */
function read(body: Buffer, type = ''): unknown {
  const isText = type.startsWith('text/');
  return parseJson(body.toString()) ?? (isText ? body.toString() : body);
}

/** Events of a stream, each as it came. */
async function keepEvents(body: Buffer, measure: Measure): Promise<{ events: unknown[] }> {
  const events = body
    .toString()
    .split('\n')
    .flatMap((line) => /^data: ?(.*?)\r?$/.exec(line)?.[1] ?? [])
    .map((data) => parseJson(data) ?? data);
  return { events: (await shortened(events, measure)) as unknown[] };
}
