/** What a client is told when PostgreSQL does not tell the server what became of its COMMIT, or does not answer at all. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createApiKey } from '../../src/features/api-keys/api-key.ts';
import { statementName } from '../../src/platform/database/statement-names.ts';
import { findPostgres } from '../support/needs.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { useTestApi } from '../support/test-api.ts';

const COMMIT = `\0${statementName('COMMIT')}\0`;
const CREATE = `mutation ($input: CreateProjectInput!) {
  result: createProject(input: $input) { ... on CreateProjectPayload { project { id title } } ... on UserError { code } }
}`;

type Created = { result: { project?: { id: string; title: string }; code?: string } };

describe.skipIf(findPostgres() === null)('where the answer of the database is lost', () => {
  let proxy: TcpProxy;
  const api = useTestApi({
    through: async (databaseUrl) => {
      proxy = await startTcpProxy(databaseUrl);
      return proxy.through(databaseUrl);
    },
  });
  beforeEach(() => proxy.heal());
  afterAll(() => proxy.close());

  const create = (title: string, idempotencyKey: string | null) =>
    api.send<Created>(CREATE, { input: { prompt: 'A cat.', title, idempotencyKey } });
  const count = (title: string) => api.db.project.count({ where: { title } });
  /** Loses the answers to COMMITs until one was lost. */
  const loseOne = async (isLost = proxy.loseAnswersTo(COMMIT, 1)) => {
    await expect.poll(isLost, { timeout: 10_000, interval: 5 }).toBeGreaterThan(0);
    proxy.heal();
  };

  test('a project with an idempotency key is looked up by it, and the truth is told', async () => {
    const [answer] = await Promise.all([create('With a key', 'lost'), loseOne()]);
    expect(answer).toMatchObject({ data: { result: { project: { title: 'With a key' } } } });
    expect(await count('With a key')).toBe(1);
    expect(await create('With a key', 'lost')).toEqual(answer);
    expect(await count('With a key')).toBe(1);
  });

  test('one without is told that nobody knows, and how to find out', async () => {
    const [{ errors }] = await Promise.all([create('Without a key', null), loseOne()]);
    expect(errors).toMatchObject([
      {
        path: ['result'],
        extensions: { code: 'OUTCOME_UNKNOWN' },
        message: expect.stringContaining('idempotencyKey'),
      },
    ]);
    expect(await count('Without a key')).toBe(1);
  });

  test('an API key is looked up, and told', async () => {
    const ask = { keyName: 'Lost and found', workspace: null, expiresAt: null };
    const [{ key, apiKey }] = await Promise.all([createApiKey(api.db, ask), loseOne()]);
    expect(key.startsWith(apiKey.prefix)).toBe(true);
    expect(await api.db.apiKey.count({ where: { name: ask.keyName } })).toBe(1);
  });

  test('a server whose database is away says that nothing was done, and when to come back', async () => {
    await proxy.close();
    const response = await fetch(`${api.api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: CREATE, variables: { input: { prompt: 'A cat.' } } }),
    });
    expect(await response.json()).toMatchObject({
      errors: [{ path: ['result'], extensions: { code: 'OVERLOADED', retryAfterSeconds: 5 } }],
    });
    expect(response.headers.get('retry-after')).toBe('5');
  });
});
