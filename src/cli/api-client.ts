/** The GraphQL API as the command line uses it: requests over HTTP, subscriptions over graphql-ws. */
import { setTimeout as sleep } from 'node:timers/promises';
import { CloseCode, createClient } from 'graphql-ws';
import { CliFailure, EXIT } from './exit-codes.ts';
import type { TypedDocumentString } from './generated/graphql.ts';
import { failureOf, notLetIn } from './refusals.ts';
import { bodyOf } from './request-body.ts';

/** An error of an answer, as far as the command line reads it. */
export type ExecutionError = {
  message: string;
  extensions?: { code?: string; issues?: { path: string[]; message: string }[] };
};

type Answer<Data> = { data?: Data | null; errors?: readonly ExecutionError[] };

/** Every subscription has one field, and every event of it a place in the log. */
type LiveData = Record<string, { cursor: string }>;

export type ApiClient = {
  /** Where GraphQL is served. */
  url: string;
  request<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
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

/**
 * @param url where GraphQL is served, as in `http://127.0.0.1:4000/graphql`.
 * @param apiKey what is shown to it; null for a server that asks for none.
 * @throws {CliFailure} from every method: `noServer` if it cannot be reached, else what it refused.
 */
export function openApi(url: string, apiKey: string | null): ApiClient {
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
        if (!isConnectionLoss(error) || wait === undefined) throw asFailure(error, url);
        await sleep(wait);
      } finally {
        signal.removeEventListener('abort', stop);
      }
    }
  }

  return {
    url,
    follow,
    request: async (document, variables) => {
      const answer = await post(url, credentials, String(document), variables as Record<string, unknown>);
      return dataOf(answer as Answer<never>);
    },
    close: async () => socket.dispose(),
  };
}

type Credentials = { authorization?: string };

async function post(
  url: string,
  credentials: Credentials,
  query: string,
  variables: Record<string, unknown>,
): Promise<Answer<unknown>> {
  const { type, body } = await bodyOf(query, variables);
  const accept = 'application/graphql-response+json';
  // The last lets a form in (docs/reference-images.md).
  const headers = { 'content-type': type, accept, 'apollo-require-preflight': 'true', ...credentials };
  const response = await fetch(url, { method: 'POST', headers, body }).catch((error: unknown) => {
    throw unreachable(url, error);
  });
  const text = await response.text();
  try {
    return JSON.parse(text) as Answer<unknown>;
  } catch (error) {
    throw unreachable(url, new Error(`HTTP ${response.status}, which is not GraphQL`, { cause: error }));
  }
}

function dataOf<Data>({ data, errors }: Answer<Data>): Data {
  if (errors && errors.length > 0) throw failureOf(errors);
  if (data === null || data === undefined)
    throw new CliFailure(EXIT.failed, 'The server gave an empty answer.');
  return data;
}

/** graphql-ws throws close events for a lost connection, and arrays of errors for a refused subscription. */
const isConnectionLoss = (error: unknown) =>
  !(error instanceof CliFailure) && !Array.isArray(error) && !isForbidden(error);

/** The server closed the socket for want of a key that holds. */
const isForbidden = (error: unknown) =>
  error instanceof Object && 'code' in error && error.code === CloseCode.Forbidden;

function asFailure(error: unknown, url: string): CliFailure {
  if (error instanceof CliFailure) return error;
  if (isForbidden(error)) return notLetIn('the server lets this key in no longer.');
  return Array.isArray(error) ? failureOf(error as ExecutionError[]) : unreachable(url, error);
}

function unreachable(url: string, error: unknown): CliFailure {
  const { cause, message } =
    error instanceof Error ? error : { cause: undefined, message: 'the connection was lost' };
  const reason = cause instanceof Error && cause.message ? cause.message : message;
  return new CliFailure(
    EXIT.noServer,
    `--url: cannot reach ${url} (${reason}); start a server there with "vidpipe serve" or mend the address.`,
    { cause: error },
  );
}
