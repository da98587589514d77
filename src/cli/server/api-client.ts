/** The GraphQL API as the command line uses it: requests over HTTP, subscriptions by vidpipe/client. */
import { ApiError, createClient } from '../../client/index.ts';
import { wordedAnswer } from '../command/api-words.ts';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { type ExecutionError, failureOf, notLetIn, type TypedAs } from './refusals.ts';
import { bodyOf } from './request-body.ts';

type Answer<Data> = { data?: Data | null; errors?: readonly ExecutionError[] };

/** Every subscription has one field, and every event of it a place in the log. */
type LiveData = Record<string, { cursor: string }>;

export type ApiClient = ServerAddress & {
  /** What is shown with each request, for whoever sends one that is not the graph's. */
  credentials: Credentials;
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

/** How often a lost connection is tried again: 4 to 8 seconds; then it is given up. */
const ATTEMPTS = 5;

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
  const client = createClient({ url, attempts: ATTEMPTS, ...(apiKey !== null && { apiKey }) });

  async function* follow<Data extends LiveData, Variables extends { after?: string | null | undefined }>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    signal: AbortSignal,
  ): AsyncGenerator<Data> {
    try {
      for await (const data of client.follow(document, variables, { signal }))
        yield wordedAnswer(data) as Data;
    } catch (error) {
      throw asFailure(error, address);
    }
  }

  return {
    ...address,
    credentials,
    follow,
    request: async (document, variables, typedAs) => {
      const answer = await post(address, credentials, String(document), variables as Record<string, unknown>);
      return dataOf(answer as Answer<never>, typedAs);
    },
    close: async () => client.close(),
  };
}

/** Headers. */
export type Credentials = { authorization?: string };

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

function asFailure(error: unknown, address: ServerAddress): unknown {
  if (!(error instanceof ApiError)) return error;
  if (error.errors.length > 0) return failureOf(error.errors);
  if (error.code === 'UNAUTHENTICATED') return notLetIn('the server lets this key in no longer.');
  return unreachable(address, error.cause);
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
