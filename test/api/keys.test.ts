import { beforeAll, describe, expect, test, vi } from 'vitest';
import { listApiKeys, revokeApiKey } from '../../src/features/api-keys/api-key.ts';
import { KeyRing } from '../../src/features/api-keys/key-ring.ts';
import { LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { rawRequest } from '../support/raw-request.ts';
import { seedFilm, seedProject } from '../support/seed.ts';
import { type Key, useKeyedApi } from './support/keys.ts';

const PUBLIC = 'https://films.example';
const GUEST = 'https://app.example';

let ours: Key;
let theirs: Key;
const api = useKeyedApi({ limits: { publicUrls: [PUBLIC], allowedOrigins: [GUEST] } });
beforeAll(async () => {
  ours = await api.newKey();
  theirs = await api.newKey({ workspace: 'Theirs' });
});

const titles = async (key: Key) => {
  const { data } = await api.sendAs<{ projects: { edges: { node: { title: string } }[] } }>(
    key,
    '{ projects { edges { node { title } } } }',
  );
  return data?.projects.edges.map(({ node }) => node.title);
};

const statusOf = async (path: string, headers: Record<string, string> = {}) =>
  (await fetch(`${api.api.url}${path}`, { headers })).status;

describe('without a key that holds', () => {
  const QUERY = '/graphql?query={__typename}';

  test.each([
    ['no key', {}],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['no key of ours', { authorization: 'Bearer hunter2' }],
    ['an unknown key', { authorization: `Bearer vp_00000000_${'A'.repeat(43)}` }],
  ])('%s is refused with the code and the way in', async (_what, headers) => {
    const response = await fetch(`${api.api.url}${QUERY}`, { headers: { ...headers } });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="vidpipe"');
    // Whatever else was sent is not read.
    expect(response.headers.get('connection')).toBe('close');
    const { errors } = (await response.json()) as { errors: { extensions: object }[] };
    expect(errors[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
    expect(await statusOf('/metrics', headers)).toBe(401);
  });

  test('an expired key is refused, and one that is revoked', async () => {
    const [brief, lost] = [await api.newKey({ seconds: 3 }), await api.newKey()];
    expect((await api.sendAs(brief, '{ __typename }')).data).toBeDefined();
    expect((await api.sendAs(lost, '{ __typename }')).data).toBeDefined();
    await revokeApiKey(api.db, lost.prefix);
    for (const key of [brief, lost])
      await expect
        .poll(async () => (await api.sendAs(key, '{ __typename }')).errors?.[0]?.extensions?.code, {
          timeout: 10_000,
        })
        .toBe('UNAUTHENTICATED');
  });

  test('what cannot be a key is refused without a question to the database', async () => {
    const findUnique = vi.fn<() => Promise<null>>(async () => null);
    const db = { apiKey: { findUnique } } as unknown as typeof api.db;
    const ring = await KeyRing.open({
      db,
      notifications: api.notifications,
      anybody: null,
      onError: () => {},
    });
    await expect(ring.admit('hunter2')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(findUnique).not.toHaveBeenCalled();
    await expect(ring.admit(`vp_00000000_${'A'.repeat(43)}`)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect(findUnique).toHaveBeenCalledOnce();
    await ring.close();
  });

  test('a key is worth nothing from the moment on at which it expires', async () => {
    const brief = await api.newKey({ seconds: 3_600 });
    const { expiresAt } = await api.db.apiKey.findUniqueOrThrow({ where: { id: brief.id } });
    vi.useFakeTimers({ toFake: ['Date'], now: expiresAt?.getTime() ?? 0 });
    const { errors } = await api.sendAs(brief, '{ __typename }');
    vi.useRealTimers();
    expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  test('a key is revoked once, and the log tells so once, however often somebody does', async () => {
    const { prefix } = await api.newKey();
    const told = { message: { contains: `${prefix} (a test) was revoked` } };
    const { revokedAt } = await revokeApiKey(api.db, prefix);
    expect(await api.db.auditLog.count({ where: told })).toBe(1);
    expect((await revokeApiKey(api.db, prefix)).revokedAt).toEqual(revokedAt);
    expect(await api.db.auditLog.count({ where: told })).toBe(1);
  });

  test('health and the page of GraphiQL, which hold nothing, are there all the same', async () => {
    expect(await statusOf('/healthz')).toBe(200);
    expect(await statusOf('/readyz')).toBe(200);
    expect(await statusOf('/graphql', { accept: 'text/html' })).toBe(200);
    expect(await (await fetch(`${api.api.url}/readyz`)).text()).not.toMatch(/postgres|password|\//);
  });
});

describe('with a key', () => {
  test('its holder acts in its workspace, by its name', async () => {
    await seedProject(api.db, { title: 'Ours' });
    const create = 'mutation { createProject(input: { prompt: "A film.", title: "Theirs" }) { __typename } }';
    await api.sendAs(theirs, create);
    expect([await titles(ours), await titles(theirs)]).toEqual([['Ours'], ['Theirs']]);
    const entry = await api.db.auditLog.findFirstOrThrow({ where: { subjectType: 'Project' } });
    expect(entry).toMatchObject({ workspaceId: theirs.workspaceId, actor: `a test (${theirs.prefix})` });
  });

  test('a key without a workspace of its own is of the local one', () => {
    expect(ours.workspaceId).toBe(LOCAL_WORKSPACE_ID);
    expect(theirs.workspaceId).not.toBe(LOCAL_WORKSPACE_ID);
  });

  test('the database has its hash, and when it was last used', async () => {
    await api.sendAs(ours, '{ __typename }');
    const find = async () => (await listApiKeys(api.db)).find(({ id }) => id === ours.id);
    await expect.poll(async () => (await find())?.lastUsedAt).toBeInstanceOf(Date);
    const first = (await find())?.lastUsedAt;
    await api.sendAs(ours, '{ __typename }');
    expect((await find())?.lastUsedAt).toEqual(first);
    const stored = JSON.stringify(
      [await listApiKeys(api.db), await api.db.auditLog.findMany()],
      (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
    );
    expect(stored).toContain(ours.prefix);
    expect(stored).not.toContain(ours.key.slice(ours.prefix.length + 1));
  });
});

describe('a file', () => {
  let url: URL;
  beforeAll(async () => {
    await seedFilm(api.ctx);
    const asked = await api.sendAs<{ videos: { edges: { node: { url: string } }[] } }>(
      ours,
      '{ videos(first: 1) { edges { node { url } } } }',
    );
    url = new URL(asked.data?.videos.edges[0]?.node.url ?? '');
  });

  const get = async (change: (changed: URL) => void = () => {}) => {
    const changed = new URL(url);
    change(changed);
    return (await fetch(changed)).status;
  };

  test('opens by its signed address, without a key, on any page', async () => {
    const response = await fetch(url, { headers: { range: 'bytes=0-3' } });
    expect(response.status).toBe(206);
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  test('is not found by any other address', async () => {
    expect(await get((changed) => (changed.search = ''))).toBe(404);
    expect(await get((changed) => changed.searchParams.set('expires', '99999999999'))).toBe(404);
    expect(await get((changed) => changed.searchParams.set('signature', 'x'))).toBe(404);
    expect(
      await get((changed) => (changed.pathname = changed.pathname.replace('film.mp4', 'poster.jpg'))),
    ).toBe(404);
  });

  test('tells when its address has expired, hours later', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5 * 3_600_000 });
    expect(await get()).toBe(200);
    vi.setSystemTime(Date.now() + 3 * 3_600_000);
    expect(await get()).toBe(403);
    vi.useRealTimers();
  });
});

describe('behind a proxy', () => {
  const film = '{ videos(first: 1) { edges { node { url } } } }';
  const ask = (host: string, more: Record<string, string> = {}) =>
    rawRequest(api.api.url, `/graphql?query=${encodeURIComponent(film)}`, {
      headers: { host, authorization: `Bearer ${ours.key}`, ...more },
    });

  test('its names are answered, others are not', async () => {
    expect((await ask('films.example')).status).toBe(200);
    expect((await ask('films.example:443')).status).toBe(200);
    expect((await ask('films.example:80')).status).toBe(421);
    expect((await ask('evil.example')).status).toBe(421);
  });

  test('its own pages may use it, and those that were allowed; they may read the answer', async () => {
    expect((await ask('films.example', { origin: PUBLIC })).status).toBe(200);
    expect((await ask('films.example', { origin: 'http://films.example' })).status).toBe(403);
    expect((await ask('films.example', { origin: 'https://evil.example' })).status).toBe(403);
    const guest = await ask('films.example', { origin: GUEST });
    expect(guest).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': GUEST } });
  });

  test("a browser's question for leave needs no key", async () => {
    const question = {
      method: 'OPTIONS',
      headers: { origin: GUEST, 'access-control-request-method': 'POST' },
    };
    const { status, headers } = await rawRequest(api.api.url, '/graphql', {
      ...question,
      headers: { ...question.headers, host: 'films.example' },
    });
    expect(status).toBe(204);
    expect(headers['access-control-allow-headers']).toMatch(/Authorization/);
  });
});
