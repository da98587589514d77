/** The GraphQL API as the command line uses it: requests over HTTP, subscriptions over graphql-ws. */
import { setTimeout as sleep } from 'node:timers/promises';
import { CloseCode, createClient } from 'graphql-ws';
import { CliFailure, EXIT } from './exit-codes.ts';
import type { TypedDocumentString } from './generated/graphql.ts';
import { wordedAnswer } from './api-words.ts';
import { failureOf, notLetIn, type TypedAs } from './refusals.ts';
import { bodyOf } from './request-body.ts';

/** An error of an answer, as far as the command line reads it. */
export type ExecutionError = {
  message: string;
  extensions?: { code?: string; issues?: { path: string[]; message: string }[] };
};

type Answer<Data> = { data?: Data | null; errors?: readonly ExecutionError[] };

/** Every subscription has one field, and every event of it a place in the log. */
type LiveData = Record<string, { cursor: string }>;

export type ApiClient = ServerAddress & {
  /** @param typedAs what arguments were filled from, where that depends on the command. */
  request<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    typedAs?: TypedAs,
  ): Promise<Data>;
  /** Events from `variables.after` on; comes back after a lost connection without gap or duplicate. */
  follow<Data extends LiveData, Variables extends { after?: string | null | undefined }>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    signal: AbortSignal,
  ): AsyncGenerator<Data>;
  close(): Promise<void>;
};

/** Waits before coming back to a lost connection, in milliseconds; then it is given up. */
const RECONNECT_AFTER_MS = [250, 1_000, 4_000];

/** Where a server is, and what a person named it with; null if nobody did. */
export type ServerAddress = { url: string; urlFrom: '--url' | 'VIDPIPE_URL' | null };

/**
 * @param address where GraphQL is served, as in `http://127.0.0.1:4000/graphql`.
 * @param apiKey what is shown to it; null for a server that asks for none.
 * @throws {CliFailure} from every method: `noServer` if it cannot be reached, else what it refused.
 */
export function openApi(address: ServerAddress, apiKey: string | null): ApiClient {
  const { url } = address;
  const credentials: Credentials = apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
  const socket = createClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: credentials,
    retryAttempts: 0,
  });

  async function* follow<Data extends LiveData, Variables extends { after?: string | null | undefined }>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    signal: AbortSignal,
  ): AsyncGenerator<Data> {
    let after = variables.after;
    for (let lost = 0; ; lost += 1) {
      const events = socket.iterate<Data>({ query: String(document), variables: { ...variables, after } });
      const stop = () => void events.return?.();
      signal.addEventListener('abort', stop);
      try {
        for await (const answer of events) {
          const data = dataOf(answer as Answer<Data>);
          after = Object.values(data)[0]?.cursor ?? after;
          lost = 0;
          yield data;
        }
        return;
      } catch (error) {
        if (signal.aborted) return;
        const wait = RECONNECT_AFTER_MS[lost];
        if (!isConnectionLoss(error) || wait === undefined) throw asFailure(error, address);
        await sleep(wait);
      } finally {
        signal.removeEventListener('abort', stop);
      }
    }
  }

  return {
    ...address,
    follow,
    request: async (document, variables, typedAs) => {
      const answer = await post(address, credentials, String(document), variables as Record<string, unknown>);
      return dataOf(answer as Answer<never>, typedAs);
    },
    close: async () => socket.dispose(),
  };
}

type Credentials = { authorization?: string };

async function post(
  address: ServerAddress,
  credentials: Credentials,
  query: string,
  variables: Record<string, unknown>,
): Promise<Answer<unknown>> {
  const { type, body } = await bodyOf(query, variables);
  const accept = 'application/graphql-response+json';
  // The last lets a form in (docs/reference-images.md).
  const headers = { 'content-type': type, accept, 'apollo-require-preflight': 'true', ...credentials };
  const response = await fetch(address.url, { method: 'POST', headers, body }).catch((error: unknown) => {
    throw unreachable(address, error);
  });
  const text = await response.text();
  try {
    return JSON.parse(text) as Answer<unknown>;
  } catch (error) {
    throw unreachable(address, new Error(`HTTP ${response.status}, which is not GraphQL`, { cause: error }));
  }
}

function dataOf<Data>({ data, errors }: Answer<Data>, typedAs?: TypedAs): Data {
  if (errors && errors.length > 0) throw failureOf(errors, typedAs);
  if (data === null || data === undefined)
    throw new CliFailure(EXIT.failed, 'The server gave an empty answer.');
  return wordedAnswer(data) as Data;
}

/** graphql-ws throws close events for a lost connection, and arrays of errors for a refused subscription. */
const isConnectionLoss = (error: unknown) =>
  !(error instanceof CliFailure) && !Array.isArray(error) && !isForbidden(error);

/** The server closed the socket for want of a key that holds. */
const isForbidden = (error: unknown) =>
  error instanceof Object && 'code' in error && error.code === CloseCode.Forbidden;

function asFailure(error: unknown, address: ServerAddress): CliFailure {
  if (error instanceof CliFailure) return error;
  if (isForbidden(error)) return notLetIn('the server lets this key in no longer.');
  return Array.isArray(error) ? failureOf(error as ExecutionError[]) : unreachable(address, error);
}

function unreachable({ url, urlFrom }: ServerAddress, error: unknown): CliFailure {
  const why = error instanceof Error ? error : new Error('the connection was lost');
  const reason = why.cause instanceof Error && why.cause.message ? why.cause.message : why.message;
  const message =
    urlFrom === null
      ? `The server at ${url} went away (${reason}); say it again: another one is found or started.`
      : `${urlFrom}: cannot reach ${url} (${reason}); start a server there with "vidpipe serve" or mend the address.`;
  return new CliFailure(EXIT.noServer, message, { cause: error });
}
