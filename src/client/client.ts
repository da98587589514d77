import { type AnswerError, ApiError, connectionLost, refusal } from './api-error.ts';
import { type TypedDocument, textOf } from './document.ts';
import { openEventStreams } from './event-stream.ts';
import { Follower, type FollowOptions } from './follow.ts';
import type { ReadHeaders } from './transport.ts';
import { openWebSocket } from './web-socket.ts';

type Source<Value> = Value | (() => Value | Promise<Value>);

export type ClientOptions = {
  /** Where GraphQL is served, as in `https://films.example/graphql`; in a browser `/graphql` is enough. */
  url: string;
  /** Shown to a server that asks for keys; a function is asked at each connection. */
  apiKey?: Source<string>;
  /** Sent with each request, and over a WebSocket as the payload of `connection_init`. */
  headers?: Source<Record<string, string>>;
  /**
   * How events come: all on one WebSocket, or each subscription on Server-Sent Events of its own, of which a browser
   * opens no more than six without HTTP/2. `websocket` unless given.
   */
  transport?: 'websocket' | 'sse';
  /** How often in a row it is tried again to reach the server; for ever unless given. */
  attempts?: number;
  /** A WebSocket class, for Node before version 22. */
  webSocketImpl?: unknown;
};

/** Data of a subscription: one field, whose events have a cursor. */
type Live<Data> = { [Field in Exclude<keyof Data, '__typename'>]: { cursor: string } };

export type Client = {
  /**
   * Follows a subscription: exactly the log from `variables.after` on, in order and each event once, through cuts of the
   * connection and restarts of the server. Ends when the server says that nothing follows.
   *
   * The document takes `$after: String`, gives it to its field, and asks for `cursor` in every event.
   *
   * @throws {ApiError} while it is iterated, if the server refuses it or lets this client in no longer.
   * @throws {TypeError} if the document does not take `$after` or an event has no cursor.
   */
  follow<Data extends Live<Data>, Variables extends { after?: string | null | undefined }>(
    document: TypedDocument<Data, Variables>,
    variables: Variables,
    options?: FollowOptions,
  ): AsyncIterableIterator<Data, void>;
  /**
   * Asks a query or a mutation, once: it never tries again.
   *
   * @throws {ApiError} if it is refused, in part too (`data` then has the rest), or the server cannot be reached.
   */
  request<Data, Variables>(document: TypedDocument<Data, Variables>, variables: Variables): Promise<Data>;
  /** Ends every subscription that is followed. */
  close(): void;
};

/** Ours: longest that a query or a mutation may take. */
const REQUEST_MILLISECONDS = 60_000;

/** A client of the server at `url`. It connects when something is asked of it. */
export function createClient(options: ClientOptions): Client {
  const { attempts = Infinity, apiKey } = options;
  const page = (globalThis as { location?: { href: string } }).location;
  const url = new URL(options.url, page?.href).href;
  const headers = headersOf(options);
  const transport =
    options.transport === 'sse'
      ? openEventStreams(url, headers)
      : openWebSocket(url, headers, options.webSocketImpl);
  const renews = typeof apiKey === 'function' || typeof options.headers === 'function';
  const closed = new AbortController();
  return {
    follow<Data extends Live<Data>>(
      document: TypedDocument<Data, never>,
      variables: object,
      following: FollowOptions = {},
    ) {
      const query = textOf(document);
      if (!/\$after\b/.test(query))
        throw new TypeError('A document that is followed takes `$after: String` and gives it to its field.');
      const left = new AbortController();
      const signals = [left.signal, closed.signal, following.signal].filter((signal) => signal !== undefined);
      const operation = { query, variables: variables as Record<string, unknown> };
      const limits = { attempts, renews, signal: AbortSignal.any(signals) };
      const events = new Follower<Data>(transport, operation, { ...following, ...limits }).events();
      return leavable(events, left);
    },
    request: (document, variables) => post(url, headers, textOf(document), variables),
    close() {
      closed.abort();
      transport.close();
    },
  };
}

const headersOf =
  ({ apiKey, headers }: ClientOptions): ReadHeaders =>
  async () => {
    const key = typeof apiKey === 'function' ? await apiKey() : apiKey;
    const others = typeof headers === 'function' ? await headers() : headers;
    return { ...others, ...(key !== undefined && { authorization: `Bearer ${key}` }) };
  };

/** The same events; who leaves does not wait for the next one, as one who leaves a generator does. */
function leavable<Data>(
  events: AsyncGenerator<Data, void>,
  left: AbortController,
): AsyncIterableIterator<Data, void> {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => events.next(),
    return() {
      left.abort();
      return events.return();
    },
  };
}

async function post<Data>(
  url: string,
  headers: ReadHeaders,
  query: string,
  variables: unknown,
): Promise<Data> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      ...(await headers()),
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
    },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(REQUEST_MILLISECONDS),
  }).catch((error: unknown) => {
    throw connectionLost(error);
  });
  const text = await response.text().catch((error: unknown) => {
    throw connectionLost(error);
  });
  const answer = answerIn(text) as { data?: Data | null; errors?: AnswerError[] } | null;
  if (answer?.errors?.[0]) throw refusal(answer.errors, answer.data);
  if (answer?.data) return answer.data;
  throw new ApiError('PROTOCOL', `The server answered with ${response.status}, and with nothing of GraphQL.`);
}

/** Null for what is no JSON: of something between server and client. */
function answerIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
