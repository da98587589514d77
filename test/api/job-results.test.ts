/** What came of a job, as it is fetched: its rows as a sheet, its films as an archive. */
import { expect, test, vi } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { openTo } from '../../src/features/api-keys/key-ring.ts';
import { encodeGlobalId, newId } from '../../src/core/ids.ts';
import { allRows } from '../../src/features/jobs/results/all-rows.ts';
import { resultColumns } from '../../src/features/jobs/results/result-columns.ts';
import { filmKind } from '../../src/features/jobs/kinds/film.ts';
import { suggestMapping } from '../../src/features/jobs/preview/mapping.ts';
import { LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { StorageAway } from '../../src/platform/storage/storage-away.ts';
import { bytesOf, cellsOf } from '../sheets/support/read.ts';
import { seedWorkspace } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { seedJob } from './support/seed-job.ts';

const api = useTestApi();

type Format = 'CSV' | 'XLSX' | 'JSONL';

const ask = (jobId: string, field: string, args = '') =>
  api.send<{ url: string }>(`{ url: ${field}(jobId: "${encodeGlobalId('Job', jobId)}" ${args}) }`);
const addressOf = async (jobId: string, field: string, args = '') =>
  (await ask(jobId, field, args)).data?.url ?? '';
const resultsOf = (jobId: string, format: Format = 'CSV', args = '') =>
  addressOf(jobId, 'jobResults', `format: ${format} ${args}`);
const bytesAt = async (url: string, headers: Record<string, string> = {}) =>
  Buffer.from(await (await fetch(url, { headers })).arrayBuffer());

/** Rows of results by the names of their columns. */
async function readResults(jobId: string, args = ''): Promise<Record<string, string>[]> {
  const [columns = [], ...rows] = await cellsOf(await bytesAt(await resultsOf(jobId, 'CSV', args)));
  return rows.map((row) => Object.fromEntries(row.map((cell, index) => [columns[index] ?? '', cell])));
}

async function unzipped(archive: Buffer): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const zip = await fromBufferPromise(archive);
  for await (const entry of zip.eachEntry())
    files[entry.fileName] = (await bytesOf(await zip.openReadStreamPromise(entry))).toString();
  return files;
}

test('every row is in the results of a job, in the order of its sheet, with what came of it', async () => {
  const id = newId();
  const problem = { column: 'Text', input: 'prompt', value: '', reason: 'The prompt must not be empty.' };
  const jobId = await seedJob(api.ctx, {
    columns: ['Text'],
    rows: [
      { cells: ['Otters'], status: 'COMPLETED', film: 'Otters swim', id, costMicroUsd: 1n },
      { cells: ['Gaps'], status: 'COMPLETED', hasGaps: true, film: 'With gaps', costMicroUsd: 123_457n },
      {
        cells: [''],
        status: 'FAILED',
        errorCode: 'INVALID_INPUT',
        errorMessage: 'See:',
        problems: [problem],
      },
      { cells: ['Unknown'], status: 'NEEDS_REVIEW', errorCode: 'OUTCOME_UNKNOWN', errorMessage: '=1+1' },
      { cells: ['Left out'], status: 'SKIPPED' },
      { cells: ['At work'], status: 'PROCESSING' },
      { cells: ['Waits'] },
    ],
  });
  // What was settled since the row ended counts.
  await api.db.ledgerBalance.create({ data: { scope: `job_row:${id}`, settledMicroUsd: 1_500_000n } });
  const rows = await readResults(jobId);
  expect(rows.map(({ row, Text, status }) => [row, Text, status])).toEqual([
    ['2', 'Otters', 'COMPLETED'],
    ['3', 'Gaps', 'COMPLETED'],
    ['4', '', 'FAILED'],
    ['5', 'Unknown', 'NEEDS_REVIEW'],
    ['6', 'Left out', 'SKIPPED'],
    ['7', 'At work', 'PROCESSING'],
    ['8', 'Waits', 'PENDING'],
  ]);
  expect(rows[0]).toMatchObject({ gaps: 'false', durationSeconds: '8.5', costUsd: '1.5', errorCode: '' });
  expect(rows[0]?.project).toMatch(/^project_/);
  expect((await bytesAt(rows[0]?.film ?? '')).toString()).toBe('Otters swim');
  expect((await bytesAt(rows[0]?.poster ?? '')).toString()).toBe('A poster');
  expect(rows[1]).toMatchObject({ gaps: 'true', costUsd: '0.123457' });
  expect(rows[2]).toMatchObject({ errorMessage: 'See: Text: The prompt must not be empty.', film: '' });
  expect(rows[3]).toMatchObject({ errorCode: 'OUTCOME_UNKNOWN', errorMessage: '=1+1' });
  const raw = (await bytesAt(await resultsOf(jobId))).toString();
  expect(raw).toContain(",'=1+1,");
});

const CELLS = [
  '=1+1',
  "-2+3+cmd|' /C calc'!A0",
  '@SUM(A1)',
  "'=quoted",
  "'quoted'",
  '-0.5',
  '+49 170 1234567',
  '\tindented',
  ' blanks ',
  'a;b,c',
  'two\nlines',
  '"',
  '007',
  '16:9',
  'TRUE',
  'ü 🦦',
  '{"a":1}',
  '<b>',
  '',
  '2026-03-05',
  '1,5',
];

test.each<Format>(['CSV', 'XLSX', 'JSONL'])(
  'read as the sheet of another job, results as %s give back the text of the sheet',
  async (format) => {
    const columns = ['Title', 'status', '=odd', 'row'];
    const sheet = CELLS.map((cell) => ['x', cell, cell, 'y']);
    const jobId = await seedJob(api.ctx, { columns, rows: sheet.map((cells) => ({ cells })) });
    const [names, ...rows] = await cellsOf(await bytesAt(await resultsOf(jobId, format)));
    expect(names?.slice(0, columns.length)).toEqual(columns);
    expect(rows.map((cells) => cells.slice(0, columns.length))).toEqual(sheet);
  },
);

test('a column of ours whose name the sheet has gets another one, also the next time', () => {
  const first = resultColumns(['Status', 'text']);
  expect(first).toEqual(expect.arrayContaining(['Status', 'vidpipe status', 'film']));
  const third = resultColumns(resultColumns(first));
  expect(new Set(third.map((name) => name.toLowerCase())).size).toBe(third.length);
  expect(third).toContain('vidpipe status 2');
});

test('no column of ours is taken for an input of another job', () => {
  expect(suggestMapping(filmKind, resultColumns(resultColumns([])))).toEqual({});
});

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

test('a job that never ran has no results, and one without a film no archive', async () => {
  const rows = [{ cells: ['x'] }];
  const never = await seedJob(api.ctx, { columns: ['t'], rows, status: 'PENDING', startedAt: null });
  const refused = await ask(never, 'jobResults', 'format: CSV');
  expect(refused.errors).toMatchObject([{ message: /PENDING/, extensions: { code: 'JOB_STATE' } }]);
  const response = await fetch(`${api.api.url}/jobs/${encodeGlobalId('Job', never)}/results.csv`);
  expect(response.status).toBe(409);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'JOB_STATE' } }] });
  const filmless = await seedJob(api.ctx, { columns: ['t'], rows });
  expect((await ask(filmless, 'jobFilms')).errors).toMatchObject([{ extensions: { code: 'JOB_STATE' } }]);
});

test('what is not there, or is somebody else’s, is not found', async () => {
  const rows = [{ cells: ['x'], film: 'x' }];
  const foreign = await seedJob(api.ctx, { columns: ['t'], rows, workspaceId: await seedWorkspace(api.db) });
  const unread = await seedJob(api.ctx, { columns: ['t'], rows, previewedAt: null });
  for (const jobId of [foreign, unread, newId()]) {
    const { errors } = await ask(jobId, 'jobResults', 'format: CSV');
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    for (const file of ['results.csv', 'films.zip'])
      expect((await fetch(`${api.api.url}/jobs/${encodeGlobalId('Job', jobId)}/${file}`)).status).toBe(404);
  }
  const own = `${api.api.url}/jobs/${encodeGlobalId('Job', await seedJob(api.ctx, { columns: ['t'], rows }))}`;
  for (const path of [
    '',
    '/',
    '/results',
    '/results.pdf',
    '/toString',
    '/results.csv/x',
    '/..%2fresults.csv',
  ])
    expect((await fetch(`${own}${path}`)).status).toBe(404);
  expect((await fetch(`${own}/results.csv`, { method: 'POST' })).status).toBe(405);
});

test('a file is saved under the name of its job, whatever that is called', async () => {
  const job = { columns: ['t'], rows: [{ cells: ['x'] }], name: '../Füchse "5%"\n.xlsx' };
  const response = await fetch(await resultsOf(await seedJob(api.ctx, job), 'XLSX'), { method: 'HEAD' });
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="F_chse _5__ results.xlsx"; filename*=UTF-8''F%C3%BCchse%20_5%25_%20results.xlsx`,
  );
});

test('large rows are read one by one, as they are taken, and none that vanished goes unnoticed', async () => {
  // What repeats itself would be packed to nothing.
  const noise = Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))).toString('base64');
  const cells = Array.from(
    { length: 16 },
    (_, index) => noise.slice(index * 100) + noise.slice(0, index * 100),
  );
  const jobId = await seedJob(api.ctx, { columns: ['t'], rows: [{ cells }, { cells }, { cells }] });
  const job = await api.db.job.findUniqueOrThrow({ where: { id: jobId } });
  const reads = vi.spyOn(api.db, '$queryRaw');
  const rows = allRows(api.db, job);
  for (const read of [1, 2]) {
    await rows.next();
    expect(reads).toHaveBeenCalledTimes(read);
  }
  reads.mockRestore();
  await api.db.jobRow.deleteMany({ where: { jobId, rowNumber: 4 } });
  await expect(rows.next()).rejects.toThrow('lost rows');
});

test('an open server asks for no signature', async () => {
  expect(openTo(api.ctx.actor).anybody?.workspaceId).toBe(LOCAL_WORKSPACE_ID);
  const jobId = await seedJob(api.ctx, { columns: ['t'], rows: [{ cells: ['x'], film: 'x' }] });
  expect(await resultsOf(jobId)).toBe(`${api.api.url}/jobs/${encodeGlobalId('Job', jobId)}/results.csv`);
  expect((await readResults(jobId))[0]?.film).not.toContain('?');
});
