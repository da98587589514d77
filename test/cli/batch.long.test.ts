/** `vidpipe batch` of a job: how it asks, what it prints, and what it ends with. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../src/cli/command/exit-codes.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { useJobs } from '../jobs/support/use-jobs.ts';
import { answering, idIn, jsonLines, sheet, vidpipeBatch } from './support/batch-here.ts';

const { api, provider } = useJobs();
const vidpipe = (...args: string[]) => vidpipeBatch(api, ...args);

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
    const bought = provider().purchases.length;
    expect((await vidpipe('retry', id, '--failed')).stderr).toMatch(
      /^No row waits again: .*vidpipe batch update/,
    );
    expect(await vidpipe('retry', id, '--rows', '3')).toMatchObject({
      code: EXIT.badInput,
      stderr: expect.stringMatching(/^--rows: Rows that cannot start as they are \(3\)/) as string,
    });
    expect(provider().purchases.length).toBe(bought);
    expect((await vidpipe('status')).stdout).toMatch(new RegExp(`^${id}  COMPLETED  .*  3/3 done`, 'm'));
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

  test('has rows changed and left out by their numbers', async () => {
    const { stdout } = await vidpipe(
      'preview',
      sheet('Text,Seconds', 'An ibex.,6', 'An elk.,ten', 'A doe.,6', 'A roe.,6'),
    );
    const id = idIn(stdout);
    const update = (row: string, ...what: string[]) => vidpipe('update', id, row, ...what);
    expect(await update('3', '--set', 'target-duration=8', '--set', 'title=Elk')).toMatchObject({
      code: EXIT.ok,
      stdout: expect.stringMatching(/^Row 3 is changed; likely \$/) as string,
    });
    expect(jsonLines((await update('3', '--clear', 'title', '--json')).stdout)).toMatchObject([
      { type: 'row', rowNumber: 3, input: { prompt: 'An elk.', targetDuration: 8 }, problems: [] },
    ]);
    for (const [row, what, why] of [
      ['3', ['--set', 'prompt='], 'Must be an input and a value'],
      ['3', ['--set', 'style=baroque'], '--set style: Row 3: Must be one of'],
      ['3', ['--set', 'colour=red'], '--set colour: Row 3: There is no such input'],
      ['9', ['--set', 'style=noir'], 'ROW: There is no row 9.'],
      ['three', ['--set', 'style=noir'], 'Must be the number of a row'],
      ['3', [], 'Say what changes: --set prompt=... or --clear title.'],
    ] as const)
      expect(await update(row, ...what)).toMatchObject({
        code: EXIT.badInput,
        stderr: expect.stringContaining(why) as string,
      });
    expect(await vidpipe('skip', id, '--rows', '2,4-5')).toMatchObject({
      code: EXIT.ok,
      stdout: `${id} is PENDING\n`,
      stderr: '3 rows left out.\n',
    });
    expect(await vidpipe('skip', id, '--rows', '1-200')).toMatchObject({
      code: EXIT.badInput,
      stderr: expect.stringMatching(/^--rows: There is no row 1, 6, /) as string,
    });
    expect(await vidpipe('skip', id, '--rows', '4')).toMatchObject({
      code: EXIT.failed,
      stderr: expect.stringMatching(/^--rows: Only rows that are PENDING.*not 4 \(SKIPPED\)/) as string,
    });
    const started = await vidpipe('start', id, '--yes');
    expect(started.code).toBe(EXIT.ok);
    expect(await vidpipe('follow', id)).toMatchObject({
      code: EXIT.ok,
      stdout: expect.stringMatching(/ {2}done +1\n[^]* {2}left out +3\n/) as string,
    });
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
    const done = lines.flatMap(({ type, job }) =>
      type === 'progress' ? [(job as { successfulRows: number }).successfulRows] : [],
    );
    expect(done.toSorted((a, b) => a - b)).toEqual(done);
    expect(done.at(-1)).toBe(2);
    expect(lines.at(-1)).toMatchObject({
      type: 'result',
      exitCode: EXIT.ok,
      status: 'COMPLETED',
      successfulRows: 2,
      cost: { maxCostCents: 5_000 },
      failures: [],
    });
  });

  test('run of what was made before names what makes it again', async () => {
    const file = sheet('Text,Seconds', 'A hen.,6');
    expect((await vidpipe('run', file, '--yes')).code).toBe(EXIT.ok);
    expect(await vidpipe('run', file, '--yes')).toMatchObject({
      code: EXIT.badInput,
      stderr: expect.stringMatching(/^--with-duplicates: There is no row to start: /m) as string,
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
