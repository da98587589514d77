import { expect, test } from 'vitest';
import { encodeGlobalId, newId } from '../../src/core/ids.ts';
import { forgetUnread } from '../../src/features/jobs/preview/forget-unread.ts';
import { useTestApi } from '../support/test-api.ts';
import { ask, confirm, preview, rowsOf, tell } from './support/job.ts';
import { uploadSheet } from './support/upload-sheet.ts';

const api = useTestApi();

const problemsOf = async (job: { id: string }) =>
  (await rowsOf(api, job)).map(({ rowNumber, problems }) => [rowNumber, problems]);

const upload = (text: string | Uint8Array, input: object = {}, name = 'films.csv') =>
  uploadSheet(api, text, input, name);

test('a sheet is read as spreadsheets write it, its columns found by their names', async () => {
  const text =
    '\uFEFFTitle;Text;Aspect ratio;Duration\r\n"Dawn";"A cat; it ""sleeps"".\nThen wakes.";9:16;8\r\n;A dog.;16:09;\r\n';
  const { job } = await upload(text);
  expect(job).toMatchObject({
    name: 'films.csv',
    columns: ['Title', 'Text', 'Aspect ratio', 'Duration'],
    mapping: { title: 'Title', prompt: 'Text', aspectRatio: 'Aspect ratio', targetDuration: 'Duration' },
    source: { format: 'CSV', delimiter: ';', fileName: 'films.csv' },
    totalRows: 2,
    invalidRows: 0,
  });
  expect((await rowsOf(api, job!)).map(({ input }) => input)).toEqual([
    { title: 'Dawn', prompt: 'A cat; it "sleeps".\nThen wakes.', aspectRatio: '9:16', targetDuration: 8 },
    { prompt: 'A dog.', aspectRatio: '16:9' },
  ]);
});

test.each([
  ['{"Text":"A cat."}\nno json\n', 'films.jsonl', null, /is no JSON/],
  ['Text;Seconds\nA cat.;1\n"A dog.",2;1\n', 'films.csv', 'Text', /quote/],
])('of a row that is damaged nobody is told that it is empty: %j', async (text, name, column, reason) => {
  const { job } = await upload(text, {}, name);
  expect(job).toMatchObject({ totalRows: 2, invalidRows: 1 });
  const problem = { column, input: null, reason: expect.stringMatching(reason) as string };
  expect((await problemsOf(job!)).map(([, problems]) => problems)).toEqual([
    [],
    [expect.objectContaining(problem)],
  ]);
});

test('a row with a cell too many and no prompt is told of both', async () => {
  const { job } = await upload('Text,Seconds\n,1,2\n');
  expect((await problemsOf(job!)).map(([, problems]) => (problems as object[]).length)).toEqual([2]);
});

test('every problem of a row is named with its column and what stands there; the others are unaffected', async () => {
  const job = await preview(
    api,
    [
      { prompt: 'A cat.', seconds: '8' },
      { prompt: '', seconds: 'soon' },
      { prompt: 'A fox.', seconds: '-1' },
    ],
    { mapping: [{ input: 'targetDuration', from: 'seconds' }] },
  );
  expect(job).toMatchObject({ totalRows: 3, invalidRows: 2 });
  expect(await problemsOf(job)).toEqual([
    [1, []],
    [
      2,
      [
        {
          column: 'seconds',
          input: 'targetDuration',
          value: 'soon',
          reason: expect.stringMatching(/whole number/),
        },
        { column: 'prompt', input: 'prompt', value: '', reason: expect.stringMatching(/must not be empty/) },
      ],
    ],
    [
      3,
      [
        {
          column: 'seconds',
          input: 'targetDuration',
          value: '-1',
          reason: expect.stringMatching(/at least 1/),
        },
      ],
    ],
  ]);
});

test('what is wrong with rows given inline is named by its place among them', async () => {
  expect(await tell(api, 'previewJob', { rows: [] })).toMatchObject({
    code: 'INVALID_INPUT',
    issues: [{ path: ['rows'] }],
  });
  for (const none of [['A ewe.'], 'A ewe.'])
    expect(await tell(api, 'previewJob', { rows: [{ prompt: 'A ram.' }, none] })).toMatchObject({
      issues: [{ path: ['rows', '1'], message: expect.stringContaining('object') as string }],
    });
});

test('a template builds a prompt from columns; a default fills what is empty', async () => {
  const job = await preview(
    api,
    [
      { who: 'cat', where: 'on a roof' },
      { who: 'dog', where: '' },
    ],
    {
      mapping: [{ input: 'prompt', from: 'A {who} {where}.' }],
      defaults: { style: 'noir', targetDuration: 4 },
    },
  );
  expect((await rowsOf(api, job)).map(({ input }) => input)).toEqual([
    { style: 'noir', targetDuration: 4, prompt: 'A cat on a roof.' },
    { style: 'noir', targetDuration: 4, prompt: 'A dog .' },
  ]);
});

test.each<[string, object, string[][]]>([
  ['an unknown column', { mapping: [{ input: 'prompt', from: 'Txt' }] }, [['mapping', 'prompt']]],
  [
    'a template that names one',
    { mapping: [{ input: 'prompt', from: '{a}: {b}' }] },
    [['mapping', 'prompt']],
  ],
  [
    'an unknown input',
    { mapping: [{ input: 'promt', from: 'a' }] },
    [
      ['mapping', 'promt'],
      ['mapping', 'prompt'],
    ],
  ],
  ['nothing that fills the prompt', {}, [['mapping', 'prompt']]],
  ['an unknown default', { defaults: { colour: 'red' } }, [['defaults', 'colour']]],
  ['a default that is none', { defaults: { style: 'baroque' } }, [['defaults', 'style']]],
  ['a negative cap', { maxRowCostCents: -1 }, [['maxRowCostCents']]],
  ['no concurrency', { concurrency: 0 }, [['concurrency']]],
])('a job with %s is refused, and nothing of it is kept', async (_what, more, paths) => {
  const before = await api.db.job.count();
  const result = await tell(api, 'previewJob', { rows: [{ a: 'A cat.' }], ...more });
  expect(result).toMatchObject({ code: 'INVALID_INPUT', issues: paths.map((path) => ({ path })) });
  expect(await api.db.job.count()).toBe(before);
});

test.each<[string, string | Uint8Array]>([
  ['an empty file', ''],
  ['a file with a header alone', 'prompt\n'],
  ['two headers alike', 'prompt,Prompt\na,b\n'],
  ['a picture called .csv', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
])('%s is refused, and nothing of it is kept', async (_what, text) => {
  const before = await api.db.job.count();
  const { code, issues } = await upload(text);
  expect({ code, path: (issues as unknown as { path: string[] }[])?.[0]?.path[0] }).toEqual({
    code: 'INVALID_INPUT',
    path: 'file',
  });
  expect(await api.db.job.count()).toBe(before);
});

test('a row that asks for what an earlier one asked for is named as its duplicate', async () => {
  const job = await preview(api, [{ prompt: 'A cat.' }, { prompt: 'A dog.' }, { prompt: 'A cat.' }]);
  expect(job.duplicateRows).toBe(1);
  const rows = await rowsOf(api, job);
  expect(rows.map(({ duplicateOf }) => duplicateOf)).toEqual([
    null,
    null,
    { jobId: rows[0]?.jobId, rowNumber: 1 },
  ]);
});

test('a row that is changed is looked at anew, and so are those that asked for the same', async () => {
  const earlier = await preview(api, [{ prompt: 'A fox on a hill.' }]);
  expect(await confirm(earlier, api)).toMatchObject({ job: { status: 'RUNNING' } });
  const job = await preview(api, [
    { prompt: 'A hen.' },
    { prompt: 'A hen.' },
    { prompt: 'A hen.' },
    { prompt: 'A yak.' },
  ]);
  const jobId = (await rowsOf(api, job))[0]?.jobId;
  const update = (rowNumber: number, prompt: string) =>
    tell(api, 'updateRow', { jobId: job.id, rowNumber, input: { prompt } });
  const twins = async () => (await rowsOf(api, job)).map(({ duplicateOf }) => duplicateOf);
  const row = (rowNumber: number) => ({ jobId, rowNumber });
  expect(await twins()).toEqual([null, row(1), row(1), null]);
  await update(1, 'A yak.');
  expect(await twins()).toEqual([null, null, row(2), row(1)]);
  await update(3, 'A fox on a hill.');
  const [before] = await rowsOf(api, earlier);
  expect(await twins()).toEqual([null, null, { jobId: before?.jobId, rowNumber: 1 }, row(1)]);
  await update(1, 'A cow.');
  expect(await twins()).toEqual([null, null, { jobId: before?.jobId, rowNumber: 1 }, null]);
  expect((await ask(api, job.id)).duplicateRows).toBe(1);
});

test('rows come by page, narrowed and ordered as asked', async () => {
  const job = await preview(api, [
    { prompt: 'A cat.' },
    { prompt: '', title: 'Nothing' },
    { prompt: 'A grey CAT.' },
    { prompt: 'A dog.' },
  ]);
  const page = async (args: string) => {
    const query = `query ($id: ID!) { job(id: $id) { rows(${args}) { totalCount edges { cursor node { rowNumber } } } } }`;
    type Page = {
      job: { rows: { totalCount: number; edges: { cursor: string; node: { rowNumber: number } }[] } };
    };
    return (await api.ask<Page>(query, { id: job.id })).job.rows;
  };
  const numbers = async (args: string) => (await page(args)).edges.map(({ node }) => node.rowNumber);
  expect(await numbers('filter: { isInvalid: true }')).toEqual([2]);
  expect(await numbers('filter: { search: "cat" }')).toEqual([1, 3]);
  expect(await numbers('filter: { search: "NOTHING" }')).toEqual([2]);
  expect(await numbers('orderBy: { field: NUMBER, direction: DESC }')).toEqual([4, 3, 2, 1]);
  expect(await numbers('orderBy: { field: COST, direction: ASC }, first: 2')).toEqual([1, 2]);
  const { edges } = await page('first: 2');
  expect(await numbers(`first: 2, after: "${edges[1]?.cursor}"`)).toEqual([3, 4]);
  expect((await ask(api, job.id)).totalRows).toBe(4);
});

test('rows are found by what stands in any of their cells, and by what went wrong', async () => {
  const { job } = await upload('Text,Client\nA lark.,ACME 100%\nA wren.,Initech\n');
  const found = async (search: string) => {
    const query = `query ($id: ID!, $search: String!) {
      job(id: $id) { rows(first: 5, filter: { search: $search }) { totalCount edges { node { rowNumber } } } } }`;
    type Page = { job: { rows: { totalCount: number; edges: { node: { rowNumber: number } }[] } } };
    const { rows } = (await api.ask<Page>(query, { id: job!['id'], search })).job;
    expect(rows.totalCount).toBe(rows.edges.length);
    return rows.edges.map(({ node }) => node.rowNumber);
  };
  expect(await found('acme')).toEqual([2]);
  expect(await found('0%')).toEqual([2]);
  expect(await found('_')).toEqual([]);
  await api.db.jobRow.updateMany({
    where: { rowNumber: 3, job: { name: 'films.csv' } },
    data: { errorMessage: 'The sky fell.' },
  });
  expect(await found('sky FELL')).toEqual([3]);
});

test('a job whose sheet was never read to the end is nobody’s, and is deleted after an hour', async () => {
  const { id } = await api.db.job.create({
    data: {
      id: newId(),
      workspaceId: api.ctx.actor.workspaceId,
      kind: 'FILM',
      name: 'Half',
      originalCommand: 'x',
    },
  });
  const jobId = encodeGlobalId('Job', id);
  expect(await ask(api, jobId)).toBeNull();
  expect(await tell(api, 'confirmJob', { jobId, digest: '' })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await forgetUnread(api.ctx)).toBe(0);
  expect(await forgetUnread(api.ctx, new Date(Date.now() + 3_700_000))).toBe(1);
  expect(await api.db.job.count({ where: { id } })).toBe(0);
});

test('sent again with its key, a sheet is the same job, and with another sheet it is refused', async () => {
  const input = { idempotencyKey: 'films of november' };
  const [first, again] = [await upload('prompt\nA fox.\n', input), await upload('prompt\nA fox.\n', input)];
  expect(first).toMatchObject({ __typename: 'JobPayload' });
  expect(again.job).toEqual(first.job);
  expect(await upload('prompt\nAn owl.\n', input)).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  const issues = [{ path: ['idempotencyKey'] }];
  expect(await upload('prompt\nA fox.\n', { idempotencyKey: '' })).toMatchObject({ issues });
});

test.each([
  ['a NUL', 'prompt\nA fox that is quick and brown\0jumps over.\nA dog.\n'],
  ['half of a character', '{"prompt":"A fox \\ud800."}\n{"prompt":"A dog."}\n'],
])('%s is a problem of its row, and the rows around it are read', async (_what, text) => {
  const { job } = await upload(text);
  expect(job).toMatchObject({ totalRows: 2, invalidRows: 1 });
  const [damaged, good] = await rowsOf(api, job!);
  expect(damaged?.problems).toMatchObject([
    { column: 'prompt', reason: expect.stringContaining('Must not') },
  ]);
  expect(good?.input).toEqual({ prompt: 'A dog.' });
});

test.each([
  ['sheet', { sheet: 'Films' }, 'Only a workbook has sheets, and this is CSV'],
  ['encoding', { encoding: 'klingon' }, 'klingon'],
  ['mapping', { mapping: [{ input: 'prompt', from: '{prompt} {oops' }] }, 'A brace stands alone'],
])('what does not fit the sheet is refused by its name: %s', async (field, input, words) => {
  expect(await upload('prompt\nA fox.\n', input)).toMatchObject({
    issues: [{ path: expect.arrayContaining([field]), message: expect.stringContaining(words) }],
  });
});

test('an object of a line is a row though nothing is in it', async () => {
  const { job } = await upload('{"prompt":null}\n\n{"prompt":"A dog."}\n');
  expect(job).toMatchObject({ totalRows: 2, invalidRows: 1 });
});
