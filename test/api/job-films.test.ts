/** The films of a job, fetched as an archive. */
import { expect, test, vi } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { StorageAway } from '../../src/platform/storage/storage-away.ts';
import { useTestApi } from '../support/test-api.ts';
import { seedJob } from './support/seed-job.ts';
import { bytesAt, resultsFrom, unzipped } from './support/fetch-results.ts';

const api = useTestApi();
const { ask, addressOf, readResults } = resultsFrom(api);

const TITLES = ['Intro', 'intro', 'a/b', '../../x', 'CON', 'u\u0308', '\u00fc', 'dot.', '', 'y'.repeat(300)];

test('films that are called alike lie beside each other, and the results tell the name of each', async () => {
  const rows = TITLES.map((title, index) => ({
    cells: [title],
    film: `Film ${index}`,
    status: 'COMPLETED' as const,
  }));
  // One without a film has its name, too: those behind it keep theirs when it gets one.
  const jobId = await seedJob(api.ctx, { columns: ['title'], rows: [{ cells: ['Intro'] }, ...rows] });
  const names = 'names: "{title}.mp4"';
  const told = (await readResults(jobId, names)).map(({ file }) => file ?? '');
  expect(told.slice(0, 6)).toEqual(['', 'Intro (2).mp4', 'intro (3).mp4', 'a_b.mp4', 'x.mp4', '_CON.mp4']);
  const films = await unzipped(await bytesAt(await addressOf(jobId, 'jobFilms', names)));
  expect(films).toEqual(Object.fromEntries(told.slice(1).map((name, index) => [name, `Film ${index}`])));
  expect(Object.keys(films)).toHaveLength(TITLES.length);
});

test('films are called by their rows, and by what asks for them or what they are, unless told otherwise', async () => {
  const jobId = await seedJob(api.ctx, {
    columns: ['Text'],
    rows: [
      { cells: ['x'], film: 'One' },
      { cells: ['y'], film: 'Two', input: { title: 'Asked for' } },
    ],
  });
  const archive = await bytesAt(await addressOf(jobId, 'jobFilms'));
  expect(Object.keys(await unzipped(archive))).toEqual(['2 The title of its film.mp4', '3 Asked for.mp4']);
  const { errors } = await ask(jobId, 'jobFilms', 'names: "{Titel}"');
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: ['names'] }] });
  const address = `${api.api.url}/jobs/${encodeGlobalId('Job', jobId)}/films.zip?names=%7BTitel%7D`;
  expect((await fetch(address)).status).toBe(400);
});

test('an archive that broke off goes on from there, unless it is another one by now', async () => {
  const rows = ['One', 'Two'].map((title) => ({ cells: [title], film: Buffer.alloc(100_000, title) }));
  const jobId = await seedJob(api.ctx, { columns: ['title'], rows });
  const address = await addressOf(jobId, 'jobFilms');
  const response = await fetch(address);
  const whole = Buffer.from(await response.arrayBuffer());
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/zip',
    'content-length': String(whole.length),
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
    'content-disposition': `attachment; filename="films films.zip"; filename*=UTF-8''films%20films.zip`,
  });
  expect((await fetch(address, { method: 'HEAD' })).headers.get('content-length')).toBe(String(whole.length));
  const etag = response.headers.get('etag') ?? '';
  const from = (ifRange: string) =>
    fetch(address, { headers: { range: 'bytes=99000-', 'if-range': ifRange } });
  const rest = await from(etag);
  expect([rest.status, rest.headers.get('content-range')]).toEqual([
    206,
    `bytes 99000-${whole.length - 1}/${whole.length}`,
  ]);
  expect(Buffer.from(await rest.arrayBuffer()).equals(whole.subarray(99_000))).toBe(true);
  await api.db.jobRow.updateMany({ where: { jobId, rowNumber: 3 }, data: { cells: ['Three'] } });
  const other = await from(etag);
  expect(other.status).toBe(200);
  await other.body?.cancel();
  expect((await from(new Date().toUTCString())).status).toBe(200);
});

test('the checksum of a film of before is looked for once', async () => {
  const jobId = await seedJob(api.ctx, { columns: ['t'], rows: [{ cells: ['x'], film: '123456789' }] });
  const reads = vi.spyOn(api.storage, 'read');
  const address = await addressOf(jobId, 'jobFilms');
  await fetch(address, { method: 'HEAD' });
  expect(reads).toHaveBeenCalledTimes(1);
  await fetch(address, { method: 'HEAD' });
  expect(reads).toHaveBeenCalledTimes(1);
  reads.mockRestore();
  const { projectId } = await api.db.jobRow.findFirstOrThrow({ where: { jobId } });
  expect(await api.db.video.findFirst({ where: { projectId } })).toMatchObject({ crc32: 0xcbf4_3926n });
});

test('a film whose file is gone or damaged is left out of the archive, which says so', async () => {
  const rows = ['One', 'Two', 'Three'].map((title) => ({ cells: [title], film: title }));
  const jobId = await seedJob(api.ctx, { columns: ['title'], rows });
  const films = await api.db.video.findMany({
    where: { project: { jobRows: { some: { jobId } } } },
    orderBy: { id: 'asc' },
  });
  await api.storage.remove(films[0]?.filePath ?? '');
  await api.db.video.update({ where: { id: films[1]?.id ?? '' }, data: { fileSizeBytes: 4 } });
  const { 'missing.txt': missing, ...rest } = await unzipped(
    await bytesAt(await addressOf(jobId, 'jobFilms')),
  );
  expect(rest).toEqual({ '4 Three.mp4': 'Three' });
  expect(missing).toMatch(/Row 2, "2 One.mp4".* gone[^]*Row 3, "3 Two.mp4".* 3 bytes and not 4/);
});

test('while the storage is away, an archive is to be had later', async () => {
  const jobId = await seedJob(api.ctx, { columns: ['t'], rows: [{ cells: ['x'], film: 'x' }] });
  const stat = vi.spyOn(api.storage, 'stat').mockRejectedValue(new StorageAway('It is away', new Error('x')));
  const response = await fetch(await addressOf(jobId, 'jobFilms'));
  stat.mockRestore();
  expect([response.status, response.headers.get('content-disposition')]).toEqual([503, null]);
});
