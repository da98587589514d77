/** `vidpipe batch preview`: what it prints of a sheet. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../src/cli/command/exit-codes.ts';
import { useJobs } from '../jobs/support/use-jobs.ts';
import { idIn, jsonLines, sheet, vidpipeBatch } from './support/batch-here.ts';

const { api, provider } = useJobs();
const vidpipe = (...args: string[]) => vidpipeBatch(api, ...args);

describe('a preview', () => {
  test('tells what fills what, everything that is wrong, what it costs and what to type next', async () => {
    const file = sheet('Title,Text,Seconds', 'Dusk,A lamp.,6', 'Noon,,ten', 'Dusk,A lamp.,6');
    const { code, stdout, stderr } = await vidpipe('preview', file, '--default', 'style=noir');
    expect({ code, stderr }).toEqual({ code: EXIT.ok, stderr: '' });
    const id = idIn(stdout);
    expect(
      stdout
        .replaceAll(/[0-9a-f]{16}(-[0-9a-f]{16}){3}/g, 'DIGEST')
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
    expect(provider().purchases).toEqual([]);
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

test('the worked sheet of docs/batch.md is previewed as it says', async () => {
  const { stdout } = await vidpipe('preview', 'examples/films.csv');
  const shown = readFileSync('docs/batch.md', 'utf8');
  const lines = stdout.split('\n').filter((line) => /^( |Columns|Cannot|Left|films)/.test(line));
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter((line) => !shown.includes(`${line}\n`))).toEqual([]);
});
