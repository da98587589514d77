/** Addresses of a job's results where keys are asked for. */
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { cellsOf } from '../sheets/support/read.ts';
import { type Key, useKeyedApi } from './support/keys.ts';
import { seedJob } from './support/seed-job.ts';

const api = useKeyedApi();
let ours: Key;
let theirs: Key;
let jobId: string;
beforeAll(async () => {
  ours = await api.newKey();
  theirs = await api.newKey({ workspace: 'Theirs' });
  jobId = await seedJob(api.ctx, {
    columns: ['title', 'email'],
    rows: [{ cells: ['One', 'a@b.c'], film: 'One' }],
  });
});
afterEach(() => void vi.useRealTimers());

const ask = (key: Key, field: string) =>
  api.sendAs<{ url: string }>(key, `{ url: ${field.replace('ID', `"${encodeGlobalId('Job', jobId)}"`)} }`);
const addressOf = async (field: string) => new URL((await ask(ours, field)).data?.url ?? '');
const statusOf = async (address: URL) => (await fetch(address)).status;

const RESULTS = 'jobResults(jobId: ID, format: CSV)';
const FILMS = 'jobFilms(jobId: ID, names: "{title}.mp4")';

test('an address opens without a key, and so do the films in the results', async () => {
  expect((await fetch(await addressOf(FILMS))).status).toBe(200);
  const response = await fetch(await addressOf(RESULTS));
  expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  const [columns = [], row = []] = await cellsOf(Buffer.from(await response.arrayBuffer()));
  const film = await fetch(row[columns.indexOf('film')] ?? '');
  expect(await film.text()).toBe('One');
});

test.each([
  ['another signature', (url: URL) => url.searchParams.set('signature', 'A'.repeat(43))],
  ['a later hour', (url: URL) => url.searchParams.set('expires', '99999999999')],
  ['no signature', (url: URL) => (url.search = '')],
  ['another format', (url: URL) => (url.pathname = url.pathname.replace('films.zip', 'results.csv'))],
  ['names that show another column', (url: URL) => url.searchParams.set('names', '{email}')],
  ['no names', (url: URL) => url.searchParams.delete('names')],
])('with %s it is not found', async (_what, change) => {
  const address = await addressOf(FILMS);
  change(address);
  expect(await statusOf(address)).toBe(404);
});

test('an address ends after some hours, and says so', async () => {
  const address = await addressOf(RESULTS);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5 * 3_600_000 });
  expect(await statusOf(address)).toBe(200);
  vi.setSystemTime(Date.now() + 3 * 3_600_000);
  expect(await statusOf(address)).toBe(403);
});

test('who may not see a job gets no address of it', async () => {
  expect((await ask(theirs, RESULTS)).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
});
