/** What came of a job, as it is fetched: its rows as a sheet. */
import { expect, test, vi } from 'vitest';
import { openTo } from '../../src/features/api-keys/key-ring.ts';
import { encodeGlobalId, newId } from '../../src/core/ids.ts';
import { allRows } from '../../src/features/jobs/results/all-rows.ts';
import { resultColumns } from '../../src/features/jobs/results/result-columns.ts';
import { filmKind } from '../../src/features/jobs/kinds/film.ts';
import { suggestMapping } from '../../src/features/jobs/preview/mapping.ts';
import { LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { cellsOf } from '../sheets/support/read.ts';
import { seedWorkspace } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { seedJob } from './support/seed-job.ts';
import { bytesAt, type Format, resultsFrom } from './support/fetch-results.ts';

const api = useTestApi();
const { ask, resultsOf, readResults } = resultsFrom(api);

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
