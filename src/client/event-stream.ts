import { createClient, NetworkError } from 'graphql-sse';
import { type AnswerError, ApiError, connectionLost, refusal } from './api-error.ts';
import { CONNECT_MILLISECONDS, type ReadHeaders, type Transport } from './transport.ts';

/** The server sends something every 5 s: two were missed, and one more is late. */
const SILENCE_MILLISECONDS = 15_000;

/** Each subscription on a stream of Server-Sent Events of its own. */
export function openEventStreams(url: string, headers: ReadHeaders): Transport {
  const client = createClient({ url, headers, retryAttempts: 0, fetchFn: fetchWatched });
  return {
    subscribe: (operation, sink) =>
      client.subscribe(operation, {
        next: (result) => sink.next(result as object),
        error: (reason) => void failureOf(reason).then((error) => sink.fail(error)),
        complete: () => sink.complete(),
      }),
    close: () => client.dispose(),
  };
}

/** What graphql-sse reads of a response, over a connection that is given up once it is silent. */
async function fetchWatched(url: string, { signal, ...init }: RequestInit) {
  const silence = new AbortController();
  const within = (milliseconds: number) => setTimeout(() => silence.abort(), milliseconds);
  let timer = within(CONNECT_MILLISECONDS);
  const ends = signal ? AbortSignal.any([signal, silence.signal]) : silence.signal;
  ends.addEventListener('abort', () => clearTimeout(timer), { once: true });
  const response = await fetch(url, { ...init, signal: ends }).finally(() => clearTimeout(timer));
  if (!response.ok || !response.body) return response;

  const reader = response.body.getReader();
  async function* chunks() {
    for (;;) {
      timer = within(SILENCE_MILLISECONDS);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      // Where it has just handed on events, graphql-sse takes no note of the end, and waits for ever.
      if (done) throw new Error('The stream ended.');
      yield value;
    }
  }
  const { ok, status, statusText } = response;
  return { ok, status, statusText, body: chunks() };
}

async function failureOf(reason: unknown): Promise<ApiError> {
  const response = reason instanceof NetworkError ? (reason.response as Response | undefined) : undefined;
  if (!response) return connectionLost(reason);
  const { errors } = (await response.json().catch(() => ({}))) as { errors?: AnswerError[] };
  if (errors?.[0]) return refusal(errors);
  // Of a proxy: the server itself says why.
  if (response.status >= 500 || response.status === 429) return connectionLost(reason);
  return new ApiError('PROTOCOL', `The server answered with ${response.status}.`, { cause: reason });
}
