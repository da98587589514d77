import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { startApi } from '../../src/api/http/server.ts';
import { openTo } from '../../src/features/api-keys/key-ring.ts';
import { openLog } from '../../src/platform/log.ts';
import { rawRequest } from '../support/raw-request.ts';
import { useS3Server } from '../support/s3-server.ts';
import { seedFilm, seedWorkspace } from '../support/seed.ts';
import { openTestApi, useTestApi } from '../support/test-api.ts';

const server = useS3Server();

const PLACES = [
  { place: 'a local directory', options: () => ({}) },
  { place: 'an S3-compatible server', options: () => ({ storageUrl: server.urlOf('media') }) },
];

describe.each(PLACES)('of files in $place', ({ options }) => {
  const api = useTestApi(options);
  let media: string;
  let film: string;
  let foreignKey: string;
  beforeAll(async () => {
    media = `${api.api.url}/media`;
    const own = await seedFilm(api.ctx);
    film = `${api.ctx.actor.workspaceId}/projects/${own.projectId}/film.mp4`;
    const stranger = await seedWorkspace(api.db);
    const foreign = await seedFilm(api.ctx, { workspaceId: stranger });
    foreignKey = `${stranger}/projects/${foreign.projectId}/film.mp4`;
  });

  const statusOf = async (pathname: string) => (await rawRequest(api.api.url, pathname)).status;

  test('a file is served whole, with its type and a way to know it again', async () => {
    const response = await fetch(`${media}/${film}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(film);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': String(film.length),
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      etag: expect.stringMatching(/"/),
    });
  });

  test.each([0, 1])('a file of %d bytes is served whole, too', async (length) => {
    const short = film.replace('film', `short-${length}`);
    await api.storage.withTemporary('mp4', async (file) => {
      await writeFile(file, 'x'.repeat(length));
      await api.storage.keep(file, short);
    });
    const response = await fetch(`${media}/${short}`);
    expect(response.headers.get('content-length')).toBe(String(length));
    expect(await response.text()).toBe('x'.repeat(length));
  });

  test('a range of it is served alone', async () => {
    const response = await fetch(`${media}/${film}`, { headers: { range: 'bytes=2-5' } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes 2-5/${film.length}`);
    expect(await response.text()).toBe(film.slice(2, 6));
  });

  test('a range beyond it is refused with its size', async () => {
    const response = await fetch(`${media}/${film}`, { headers: { range: 'bytes=999999-' } });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${film.length}`);
  });

  test('who has it already is told so', async () => {
    const etag = (await fetch(`${media}/${film}`)).headers.get('etag') ?? '';
    const again = await rawRequest(api.api.url, `/media/${film}`, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });

  test('HEAD tells its size without it', async () => {
    const response = await fetch(`${media}/${film}`, { method: 'HEAD' });
    expect(response.headers.get('content-length')).toBe(String(film.length));
    expect(await response.text()).toBe('');
  });

  test('it can only be read', async () => {
    const response = await fetch(`${media}/${film}`, { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  test.each([
    ['something absent', () => film.replace('film', 'absent')],
    ['a directory', () => film.slice(0, film.lastIndexOf('/'))],
    ["somebody else's file", () => foreignKey],
    ['somebody else’s, by way of mine', () => `${film.split('/')[0]}/../${foreignKey}`],
    ['the same, encoded', () => `${film.split('/')[0]}/%2e%2e/${foreignKey}`],
    ['what is above the storage', () => `${film.split('/')[0]}/../../../../../../etc/passwd`],
    ['the same, with encoded slashes', () => `${film.split('/')[0]}/..%2f..%2f..%2f..%2fetc%2fpasswd`],
    ['a null byte', () => `${film}%00`],
    ['broken encoding', () => `${film}%`],
    ['nothing', () => ''],
  ])('%s is not found', async (_what, key) => {
    expect(await statusOf(`/media/${key()}`)).toBe(404);
  });

  test('a part is only continued if it is of this file', async () => {
    const etag = (await fetch(`${media}/${film}`)).headers.get('etag') ?? '';
    const rest = (ifRange: string) =>
      fetch(`${media}/${film}`, { headers: { range: 'bytes=5-', 'if-range': ifRange } });
    expect((await rest(etag)).status).toBe(206);
    expect((await rest('"another"')).status).toBe(200);
    expect((await rest(new Date(0).toUTCString())).status).toBe(200);
    const asked = { headers: { 'if-match': '"another"' } };
    expect((await fetch(`${media}/${film}`, asked)).status).toBe(412);
  });

  test('a player that hangs up in the middle is no failure of ours', async () => {
    const long = film.replace('film', 'long');
    await api.storage.withTemporary('mp4', async (file) => {
      await writeFile(file, Buffer.alloc(20_000_000));
      await api.storage.keep(file, long);
    });
    const failures: string[] = [];
    const log = openLog('error', { write: (line) => void failures.push(line) });
    const own = await startApi({
      ctx: api.ctx,
      admission: openTo(api.ctx.actor),
      host: '127.0.0.1',
      port: 0,
      log,
    });
    const leaving = new AbortController();
    const response = await fetch(`${own.url}/media/${long}`, { signal: leaving.signal });
    await response.body?.getReader().read();
    leaving.abort();
    expect((await fetch(`${own.url}/media/${film}`)).status).toBe(200);
    await own.close();
    expect(failures).toEqual([]);
  });
});

test('hidden files and work in progress are not found', async () => {
  const api = await openTestApi();
  const { storage, actor } = api.ctx;
  const hidden = path.join(storage.locationOf(actor.workspaceId), '.secret');
  await mkdir(hidden, { recursive: true });
  await writeFile(path.join(hidden, 'key'), 'x');
  const statusOf = async (key: string) => (await rawRequest(api.api.url, key)).status;
  expect(await statusOf(`/media/${actor.workspaceId}/.secret/key`)).toBe(404);
  expect(await statusOf('/media/.temporary/x')).toBe(404);
  await api.remove();
});
