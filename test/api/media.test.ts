import { mkdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rawRequest } from '../support/raw-request.ts';
import { seedFilm, seedWorkspace } from '../support/seed.ts';
import { openTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let media: string;
let film: string;
let foreignKey: string;
beforeAll(async () => {
  api = await openTestApi();
  media = `${api.api.url}/media`;
  const own = await seedFilm(api.ctx);
  film = `${api.ctx.actor.workspaceId}/projects/${own.projectId}/film.mp4`;
  const stranger = await seedWorkspace(api.db);
  const foreign = await seedFilm(api.ctx, { workspaceId: stranger });
  foreignKey = `${stranger}/projects/${foreign.projectId}/film.mp4`;
});
afterAll(() => api.remove());

const statusOf = async (path: string) => (await rawRequest(api.api.url, path)).status;

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

test('hidden files and work in progress are not found', async () => {
  const { storage, actor } = api.ctx;
  await mkdir(storage.path(`${actor.workspaceId}/.secret`), { recursive: true });
  await writeFile(storage.path(`${actor.workspaceId}/.secret/key`), 'x');
  expect(await statusOf(`/media/${actor.workspaceId}/.secret/key`)).toBe(404);
  expect(await statusOf('/media/.temporary/x')).toBe(404);
});
