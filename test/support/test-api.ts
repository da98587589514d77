/** The whole server over a fresh database, and clients of it. */
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type Api, type ApiOptions, startApi } from '../../src/api/http/server.ts';
import { type Admission, openTo } from '../../src/features/api-keys/key-ring.ts';
import { openLog } from '../../src/platform/log.ts';
import { useFixture } from './fixture.ts';
import { openTestPlatform, type TestPlatform, type TestPlatformOptions } from './test-platform.ts';

export type GraphqlError = {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; issues?: { path: string[]; message: string }[]; errorId?: string };
};

export type Answer<Data> = { data?: Data | null; errors?: GraphqlError[] };

export type TestApi = TestPlatform & {
  api: Api;
  /** Sends an operation over HTTP and returns the body, whatever it says. */
  send<Data>(query: string, variables?: Record<string, unknown>): Promise<Answer<Data>>;
  /** The same, for an operation that must succeed. */
  ask<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** A WebSocket client of its own; it connects at its first operation. */
  connect(): Client;
};

type Limits = Partial<Omit<ApiOptions, 'ctx' | 'admission' | 'host' | 'port' | 'log'>>;

export type TestApiOptions = TestPlatformOptions & {
  limits?: Limits;
  /** Who is let in; everybody, into the local workspace, without it. */
  admit?: (platform: TestPlatform) => Promise<Admission>;
};

/** For a file of tests: one server for all of them; see {@link openTestApi}. `options` may ask another fixture. */
export const useTestApi = (options: TestApiOptions | (() => TestApiOptions) = {}): TestApi =>
  useFixture(
    () => openTestApi(typeof options === 'function' ? options() : options),
    (api) => api.remove(),
  );

/** Starts it on a free port; with `workers`, launched runs are worked on. */
export async function openTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const { limits = {}, admit = ({ ctx }) => Promise.resolve(openTo(ctx.actor)), ...rest } = options;
  const platform = await openTestPlatform(rest);
  const log = openLog(process.env['LOG_LEVEL'] ?? 'silent');
  const { ctx } = platform;
  const admission = await admit(platform);
  const api = await startApi({ ctx, admission, host: '127.0.0.1', port: 0, log, ...limits });

  const send = async <Data>(
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<Answer<Data>> => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer<Data>;
  };

  return {
    ...platform,
    api,
    send,
    async ask<Data>(query: string, variables?: Record<string, unknown>) {
      const { data, errors } = await send<Data>(query, variables);
      if (errors || !data) throw new Error(`The operation failed: ${JSON.stringify(errors)}`);
      return data;
    },
    connect: () =>
      createClient({
        url: `${api.url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
      }),
    async remove() {
      await api.close();
      await platform.remove();
    },
  };
}
