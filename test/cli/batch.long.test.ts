/** `vidpipe batch` within this process: what it prints of a sheet, how it asks, and what it ends with. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { EXIT } from '../../src/cli/command/exit-codes.ts';
import { openLog } from '../../src/platform/log.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { jobs } from '../../src/worker/jobs.ts';
import { polls } from '../../src/worker/polls.ts';
import { startWorker } from '../../src/worker/worker.ts';
import { type InstantProvider, instantFlows, instantProvider } from '../support/instant-provider.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { useTestApi } from '../support/test-api.ts';

const api = useTestApi();

let provider: InstantProvider;
beforeEach(() => {
  provider = instantProvider({ paid: true });
  installProvider(provider.adapter);
});
let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => {
  const log = openLog(process.env['LOG_LEVEL'] ?? 'silent');
  worker = await startWorker(api.ctx, { concurrency: 4, log, flows: instantFlows, tasks: [polls, jobs] });
});
afterAll(async () => {
  await worker.close();
  installProvider(animatic);
});

/** Runs it as `vidpipe` does, and keeps what it prints. */
async function vidpipe(...args: string[]) {
  const printed = { stdout: '', stderr: '' };
  const keep = (name: keyof typeof printed, end: string) => (text: unknown) => {
    const words = text instanceof Uint8Array ? Buffer.from(text).toString() : String(text);
    printed[name] += `${words}${end}`;
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep('stdout', ''));
  vi.spyOn(process.stderr, 'write').mockImplementation(keep('stderr', ''));
  vi.spyOn(console, 'log').mockImplementation(keep('stdout', '\n'));
  vi.spyOn(console, 'error').mockImplementation(keep('stderr', '\n'));
  try {
    const code = await runCli(['batch', ...args, '--url', `${api.api.url}/graphql`]);
    return { code, ...printed };
  } finally {
    vi.restoreAllMocks();
  }
}

/** Runs it with a person at the terminal who says this. */
async function answering<Result>(words: string, run: () => Promise<Result>): Promise<Result> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const own = Object.getOwnPropertyDescriptor(process, 'stdin') ?? {};
  Object.defineProperty(process, 'stdin', { value: stdin, configurable: true });
  process.stderr.isTTY = true;
  try {
    stdin.write(words);
    return await run();
  } finally {
    Object.defineProperty(process, 'stdin', own);
    process.stderr.isTTY = false;
  }
}

const jsonLines = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; [field: string]: unknown });

/** A sheet in a file; its rows ask for what nobody asked for before. */
let sheets = 0;
function sheet(...rows: string[]): string {
  sheets += 1;
  const file = path.join(temporaryFolder('batch'), `films-${sheets}.csv`);
  writeFileSync(file, `${rows.join('\n')}\n`);
  return file;
}
const idIn = (text: string) => /job_[0-9a-f-]{36}/.exec(text)?.[0] ?? '';

describe('a preview', () => {
  test('tells what fills what, everything that is wrong, what it costs and what to type next', async () => {
    const file = sheet('Title,Text,Seconds', 'Dusk,A lamp.,6', 'Noon,,ten', 'Dusk,A lamp.,6');
    const { code, stdout, stderr } = await vidpipe('preview', file, '--default', 'style=noir');
    expect({ code, stderr }).toEqual({ code: EXIT.ok, stderr: '' });
    const id = idIn(stdout);
    expect(
      stdout
        .replaceAll(/[0-9a-f]{64}/g, 'DIGEST')
        .replaceAll(id, 'JOB')
        .split('\n'),
    ).toEqual([
      expect.stringMatching(/^films-\d+\.csv: 3 rows, 1 cannot start, 1 ask for what another row asks for$/),
      'Columns: Title, Text, Seconds',
      '  title           Title',
      '  prompt          Text',
      '  targetDuration  Seconds',
      '  style           noir in every row',
      'Cannot start:',
      '  row 3, Seconds, "ten": Must be a whole number, as in 8.',
      '  row 3, Text: The prompt must not be empty.',
      'Left out, for another row asks for the same (--with-duplicates starts them):',
      '  row 4, as row 2',
      expect.stringMatching(/^likely \$\S+ \(\$\S+ to \$\S+\)/),
      'JOB  digest DIGEST',
      'Start it: vidpipe batch start JOB --only-valid',
      '',
    ]);
    expect(provider.purchases).toEqual([]);
  });

  test('keeps the command line as it was typed, without what is secret in it', async () => {
    const file = sheet('Title,Text', 'Tide,A wave.');
    const { stdout } = await vidpipe('preview', file, '--map', 'prompt={Title}: {Text}', '--name', 'vp_key?');
    const job = await api.db.job.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
    expect(stdout).toContain('{Title}: {Text}');
    expect(job).toMatchObject({
      name: 'vp_key?',
      mapping: { prompt: '{Title}: {Text}', title: 'Title' },
      originalCommand: `vidpipe batch preview ${file} --map 'prompt={Title}: {Text}' --name 'vp_key?' --url ${api.api.url}/graphql`,
    });
  });

  test('with --json is the job, then a line for each row that needs a look', { tags: 'long' }, async () => {
    const bad = Array.from({ length: 130 }, (_row, index) => `Rain ${index}.,ten`);
    const file = sheet('Text,Seconds', 'Rain falls.,6', 'Rain falls.,6', ...bad);
    const { stdout } = await vidpipe('preview', file, '--json');
    const lines = jsonLines(stdout);
    expect(lines[0]).toMatchObject({ type: 'preview', totalRows: 132, invalidRows: 130, status: 'PENDING' });
    const badRows = lines.filter(({ type }) => type === 'badRow');
    expect(badRows.map(({ rowNumber }) => rowNumber)).toEqual(bad.map((_row, index) => index + 4));
    expect(lines.at(-1)).toMatchObject({ type: 'duplicateRow', rowNumber: 3, duplicateOf: { rowNumber: 2 } });
    const told = (await vidpipe('preview', file)).stdout;
    expect(told).toContain('\n  … and 110 more; --json tells all of them\n');
  });

  test.each<[string[], RegExp]>([
    [['--map', 'prompt=Txt'], /^--map prompt: There is no column "Txt"; the sheet has "Title", "Text"\.$/m],
    [['--map', 'mood=Text'], /^--map mood: There is no such input; there are prompt, title, /],
    [['--map', 'prompt'], /^--map: Must be an input and a column, as in prompt=Title, or a template/],
    [['--map', 'prompt=Text', '--map', 'prompt=Title'], /^--map: prompt is filled already; say it once\./],
    [['--default', 'style=baroque'], /^--default style: Must be one of cinematic, /],
    [['--delimiter', 'dot'], /^--delimiter: Must be comma, semicolon, tab or pipe\.$/m],
    [['--encoding', 'klingon'], /^(--encoding|FILE)[^\n]*: /],
    [['--concurrency', '0'], /^--concurrency: Must be a whole number from 1 to 100\.$/m],
    [['--max-row-cost', '1.005'], /^--max-row-cost: Must be an amount in US dollars/],
  ])('of %j is refused by what was typed, and keeps no job', async (args, line) => {
    const file = sheet('Title,Text', 'Fog,A fog.');
    const before = await api.db.job.count();
    const { code, stdout, stderr } = await vidpipe('preview', file, ...args);
    expect({ code, stdout }).toEqual({ code: EXIT.badInput, stdout: '' });
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toMatch(line);
    expect(await api.db.job.count()).toBe(before);
  });

  test('of a damaged sheet says where, and of none that it cannot be read', async () => {
    expect(await vidpipe('preview', sheet('Text,Text', 'A lamp.,lit'))).toMatchObject({
      code: EXIT.badInput,
      stderr: expect.stringMatching(/^FILE, row 1, column 2: Columns 1 and 2 have the same name/) as string,
    });
    const { stdout } = await vidpipe('preview', sheet('Text', '"A lamp.'));
    expect(stdout).toMatch(/^ {2}row 2, Text, .*: The quote that opens this cell is not closed\.$/m);
    expect(stdout).toMatch(/^No row can start; mend the sheet, and look at it again\.$/m);
    const none = await vidpipe('preview', 'no-such.csv');
    expect(none.stderr).toBe('FILE: cannot read no-such.csv (ENOENT).\n');
  });
});

describe('a job', () => {
  test('is not started where nobody can be asked', async () => {
    const { stdout } = await vidpipe('preview', sheet('Text,Seconds', 'A moth.,6', 'A moth.,ten'));
    const id = idIn(stdout);
    expect(await vidpipe('start', id)).toMatchObject({
      code: EXIT.badInput,
      stderr: expect.stringContaining(
        '--only-valid: 1 of 2 rows cannot start; mend them, or add it. The job costs money: add --yes.',
      ) as string,
    });
    expect(await vidpipe('start', id, '--yes')).toMatchObject({
      code: EXIT.badInput,
      stderr: expect.stringMatching(/^--only-valid: 1 of 2 rows cannot start/m) as string,
    });
    expect(await api.db.job.findFirst({ orderBy: { createdAt: 'desc' } })).toMatchObject({
      status: 'PENDING',
    });
  });

  test('is started after one question that says what starts, within what and what is left out', async () => {
    const { stdout } = await vidpipe('preview', sheet('Text,Seconds', 'A bat.,6', 'A bat.,ten', 'A vole.,6'));
    const id = idIn(stdout);
    const no = await answering('n\n', () => vidpipe('start', id, '--max-cost', '0.05'));
    expect(no.code).toBe(EXIT.cancelled);
    expect(no.stderr).toContain(
      'Start 2 rows for at most $0.05 (it likely pauses there before its end), and leave out 1 that cannot start? [y/N] ',
    );
    expect(no.stderr).toContain(`Not started; nothing was spent. It waits: vidpipe batch start ${id}\n`);
    const yes = await answering('y\n', () => vidpipe('start', id, '--max-cost', '0.05'));
    expect(yes).toMatchObject({ code: EXIT.ok, stdout: `${id} is RUNNING\n` });
    expect((await vidpipe('cancel', id)).stdout).toBe(`${id} is CANCELLED\n`);
  });

  test('is started, followed to its end, told of and retried', { tags: 'long' }, async () => {
    const { stdout } = await vidpipe(
      'preview',
      sheet('Text,Seconds', 'An owl.,6', 'An owl.,ten', 'A jay.,6'),
    );
    const id = idIn(stdout);
    const started = await vidpipe('start', id, '--yes', '--only-valid', '--max-cost', '40');
    expect(started).toMatchObject({ code: EXIT.ok, stdout: `${id} is RUNNING\n` });
    expect(started.stderr).toContain(`Watch it: vidpipe batch follow ${id}\n`);
    const followed = await vidpipe('follow', id);
    expect(followed.code).toBe(EXIT.partial);
    expect(followed.stdout).toMatch(
      /COMPLETED {2}job_.*\n {2}done +2\n {2}failed +1\n[^]* {2}cost +\$\S+ spent/,
    );
    expect(followed.stderr).toMatch(/100 % · 3 of 3 rows done, 1 failed/);
    expect(followed.stderr).toContain('Rows that cannot start are mended one by one');
    const told = (await vidpipe('status', id)).stdout;
    expect(told).toMatch(/COMPLETED\njob_\S+\n3 of 3 rows done, 1 failed\n\$\S+ spent.*, cap \$40\.00\n/);
    expect(told).toContain('  row 3  INVALID_INPUT  Seconds: Must be a whole number, as in 8.\n');
    const bought = provider.purchases.length;
    expect((await vidpipe('retry', id, '--failed')).stderr).toContain('0 rows wait again.\n');
    expect(await vidpipe('retry', id, '--rows', '3')).toMatchObject({
      code: EXIT.badInput,
      stderr: expect.stringMatching(/^--rows: Rows that cannot start as they are \(3\)/) as string,
    });
    expect(provider.purchases.length).toBe(bought);
    expect((await vidpipe('status')).stdout).toMatch(
      new RegExp(`^${id}  COMPLETED  .* 3 of 3 rows done`, 'm'),
    );
  });

  test('gives its results as a file, whole or not at all, or on stdout', async () => {
    const ran = await vidpipe(
      'run',
      sheet('Text,Seconds', 'A newt.,6', 'A toad.,ten'),
      '--yes',
      '--only-valid',
    );
    const id = idIn(ran.stdout);
    const out = path.join(temporaryFolder('batch'), 'out.csv');
    expect(await vidpipe('results', id, '-o', out)).toEqual({
      code: EXIT.ok,
      stdout: `${out}\n`,
      stderr: '',
    });
    const written = readFileSync(out, 'utf8');
    expect(written).toMatch(/Text,Seconds,row,status,[^]*A newt\.,6,2,COMPLETED,[^]*A toad\.,ten,3,FAILED,/);
    expect((await vidpipe('results', id)).stdout.replace(/^\uFEFF/, '')).toBe(written.replace(/^\uFEFF/, ''));
    expect(await vidpipe('results', id, '-o', out)).toMatchObject({
      code: EXIT.badInput,
      stderr: expect.stringMatching(/^--out: .* exists; add --force to replace it/) as string,
    });
    const objects = await vidpipe('results', id, '--format', 'jsonl');
    expect(jsonLines(objects.stdout)).toMatchObject([{ status: 'COMPLETED' }, { status: 'FAILED' }]);
    expect(await vidpipe('results', id, '-o', `${out}.zip`, '--names', '{Txt}')).toMatchObject({
      code: EXIT.badInput,
      stderr: expect.stringMatching(/^--names: /) as string,
    });
    expect(existsSync(`${out}.zip`)).toBe(false);
  });

  test('that never ran has no results', async () => {
    const id = idIn((await vidpipe('preview', sheet('Text', 'A carp.'))).stdout);
    expect(await vidpipe('results', id)).toMatchObject({
      code: EXIT.failed,
      stderr: expect.stringMatching(/^The job is PENDING and never ran/) as string,
    });
  });

  test('run does all of it, and says it in JSON to programs', async () => {
    const file = sheet('Text', 'A heron.', 'A stork.');
    const { code, stdout, stderr } = await vidpipe('run', file, '--yes', '--max-cost', '50.00', '--json');
    expect({ code, stderr }).toEqual({ code: EXIT.ok, stderr: '' });
    const lines = jsonLines(stdout);
    expect(lines[0]).toMatchObject({ type: 'preview', totalRows: 2 });
    const done = lines.flatMap(({ type, row }) =>
      type === 'progress' && (row as { status?: string } | null)?.status === 'COMPLETED' ? [row] : [],
    );
    expect(done.map((row) => (row as { rowNumber: number }).rowNumber).toSorted((a, b) => a - b)).toEqual([
      2, 3,
    ]);
    expect(lines.at(-1)).toMatchObject({
      type: 'result',
      exitCode: EXIT.ok,
      status: 'COMPLETED',
      successfulRows: 2,
      cost: { maxCostCents: 5_000 },
      failures: [],
    });
  });

  test('that meets its cap is left paused, and goes on with a higher one', { tags: 'long' }, async () => {
    const file = sheet('Text', 'A swift.', 'A swan.', 'A robin.');
    const paused = await vidpipe('run', file, '--yes', '--max-cost', '0.01', '--concurrency', '1');
    const id = idIn(paused.stderr);
    expect(paused.code).toBe(EXIT.paused);
    expect(paused.stderr).toMatch(
      /^Paused; what is finished stays\. Go on: vidpipe batch resume job_\S+ \(.*cap/m,
    );
    expect(paused.stderr).toContain(`vidpipe batch resume JOB --max-cost DOLLARS`);
    expect((await vidpipe('resume', id, '--max-cost', '60')).stderr).toMatch(
      /^0 of 3 rows done.*; what waits: likely \$[^]*add --yes; nothing was begun\.\n$/,
    );
    const resumed = await vidpipe('resume', id, '--max-cost', '60', '--yes');
    expect(resumed).toMatchObject({ code: EXIT.ok, stdout: `${id} is RUNNING\n` });
    expect((await vidpipe('follow', id)).code).toBe(EXIT.ok);
  });

  test('is paused and cancelled by its id', async () => {
    const { stdout } = await vidpipe('preview', sheet('Text', 'A crow.'));
    const id = idIn(stdout);
    expect(await vidpipe('pause', id)).toMatchObject({
      code: EXIT.failed,
      stderr: 'JOB: The job is PENDING; it can be paused when it is RUNNING or PAUSED.\n',
    });
    expect(await vidpipe('cancel', id)).toMatchObject({ code: EXIT.ok, stdout: `${id} is CANCELLED\n` });
    expect((await vidpipe('follow', id)).code).toBe(EXIT.cancelled);
    expect(await vidpipe('start', id, '--yes')).toMatchObject({ code: EXIT.failed });
    expect(await vidpipe('follow', id.replace(/.$/, '0').replace(/.{12}$/, '000000000000'))).toMatchObject({
      code: EXIT.failed,
      stderr: expect.stringMatching(/^JOB: /) as string,
    });
  });

  test('whose rows all fail ends with 1', async () => {
    const file = sheet('Text,Seconds', 'A gull.,6', 'A tern.,ten');
    const id = idIn((await vidpipe('preview', file)).stdout);
    expect((await vidpipe('retry', id)).stderr).toBe(
      'Say which rows: --failed, --review, --skipped or --rows 3,7.\n',
    );
    expect((await vidpipe('retry', id, '--rows', '3', '--failed')).stderr).toMatch(/does not go with/);
  });
});

test('the worked sheet of docs/batch.md is previewed as it says', async () => {
  const { stdout } = await vidpipe('preview', 'examples/films.csv');
  const shown = readFileSync('docs/batch.md', 'utf8');
  const lines = stdout.split('\n').filter((line) => /^( |Columns|Cannot|Left|films)/.test(line));
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter((line) => !shown.includes(`${line}\n`))).toEqual([]);
});
