/** A server that asks for keys, and clients that have some. */
import { createApiKey } from '../../../src/features/api-keys/api-key.ts';
import { KeyRing } from '../../../src/features/api-keys/key-ring.ts';
import type { Actor } from '../../../src/platform/context.ts';
import { useFixture } from '../../support/fixture.ts';
import { type Answer, openTestApi, type TestApi, type TestApiOptions } from '../../support/test-api.ts';

export type Key = { id: string; prefix: string; key: string; workspaceId: string };

export type KeyedApi = TestApi & {
  /** Makes a key; of the local workspace unless told otherwise, and for ever unless it is to hold so many seconds. */
  newKey(options?: { workspace?: string; seconds?: number }): Promise<Key>;
  /** Sends an operation over HTTP with a key, or without one. */
  sendAs<Data>(key: Pick<Key, 'key'> | null, query: string, variables?: object): Promise<Answer<Data>>;
};

type KeyedApiOptions = Omit<TestApiOptions, 'admit'> & { anybody?: Actor };

/** For a file of tests: one server for all of them; see {@link openKeyedApi}. */
export const useKeyedApi = (options?: KeyedApiOptions): KeyedApi =>
  useFixture(
    () => openKeyedApi(options),
    (api) => api.remove(),
  );

/** Starts it; `anybody` comes in until there is a key. */
export async function openKeyedApi(options: KeyedApiOptions = {}): Promise<KeyedApi> {
  const { anybody = null, ...rest } = options;
  const failures: unknown[] = [];
  let ring: KeyRing | undefined;
  const api = await openTestApi({
    ...rest,
    admit: async ({ db, notifications }) => {
      ring = await KeyRing.open({ db, notifications, anybody, onError: (error) => failures.push(error) });
      return ring;
    },
  });
  return {
    ...api,
    async newKey({ workspace, seconds } = {}) {
      const expiresAt = seconds === undefined ? null : new Date(Date.now() + seconds * 1_000);
      const input = { keyName: 'a test', workspace: workspace ?? null, expiresAt };
      const { apiKey, key } = await createApiKey(api.db, input);
      return { ...apiKey, key };
    },
    async sendAs<Data>(key: Pick<Key, 'key'> | null, query: string, variables = {}) {
      const response = await fetch(`${api.api.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key.key}` }) },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer<Data>;
    },
    async remove() {
      await ring?.close();
      await api.remove();
      if (failures.length > 0) throw new Error('Keys could not be checked', { cause: failures[0] });
    },
  };
}
