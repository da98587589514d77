import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { commandLineOf } from '../../src/cli/batch/command-line.ts';
import type { Job, JobEvent } from '../../src/cli/batch/job-event.ts';
import { apply, draw, newPicture } from '../../src/cli/batch/job-picture.ts';
import { exitCodeOf } from '../../src/cli/batch/job-report.ts';
import { linesView } from '../../src/cli/batch/open-job-view.ts';
import { Pace, paceWords } from '../../src/cli/batch/pace.ts';
import { rowNumbers } from '../../src/cli/batch/which-rows.ts';
import { EXIT } from '../../src/cli/command/exit-codes.ts';

const occurredAt = '2026-11-30T15:00:00.000Z';

const job = (counters: Partial<Job> = {}): Job => ({
  id: 'job_1',
  name: 'films.csv',
  status: 'RUNNING',
  totalRows: 1_000,
  pendingRows: 1_000,
  processingRows: 0,
  processedRows: 0,
  successfulRows: 0,
  partialRows: 0,
  failedRows: 0,
  reviewRows: 0,
  skippedRows: 0,
  invalidRows: 0,
  errorCode: null,
  errorMessage: null,
  startedAt: occurredAt,
  completedAt: null,
  expectedSeconds: 600,
  cost: {
    settledMicroUsd: 0,
    estimatedMicroUsd: 0,
    reservedMicroUsd: 0,
    unknownMicroUsd: 0,
    maxCostCents: null,
  },
  ...counters,
});

const failed = (rowNumber: number, counters: Partial<Job> = {}): JobEvent => ({
  occurredAt,
  message: `Row ${rowNumber}: refused.`,
  job: job(counters),
  row: {
    id: `job_row_${rowNumber}`,
    rowNumber,
    status: 'FAILED',
    errorCode: 'SAFETY_FILTERED',
    errorMessage: 'The \u001B[31mprompt\nwas refused.',
    completedAt: occurredAt,
    problems: [],
    attempt: 1,
    hasGaps: false,
    project: null,
  },
});

test('a job is a bar, its counters, time and money, and its five newest failures, the newest first', () => {
  const picture = newPicture();
  for (const rowNumber of [3, 4, 5, 6, 7, 8]) apply(picture, failed(rowNumber));
  const cost = { ...job().cost, settledMicroUsd: 3_200_000, maxCostCents: 500 };
  const counters = { processedRows: 421, processingRows: 4, failedRows: 6, skippedRows: 2, cost };
  apply(picture, { occurredAt, message: '', job: job(counters), row: null });
  const lines = draw(picture, 42, { columns: 100, rows: 40 }).map(stripVTControlCharacters);
  expect(lines).toEqual([
    `${'█'.repeat(12)}${'░'.repeat(18)} 42 %`,
    '421 of 1,000 rows done, 4 at work, 6 failed, 2 left out',
    expect.stringMatching(
      /^00:42 elapsed · about \S+ left · \d+ rows a minute · \$3\.20 spent, cap \$5\.00$/,
    ),
    ...[8, 7, 6, 5, 4].map((row) => `row ${row}  SAFETY_FILTERED  The prompt was refused.`),
  ]);
});

test('what a job waits for is told while it does, once in lines', () => {
  const wait = {
    occurredAt,
    message: '',
    job: job({ errorCode: 'OVERLOADED', errorMessage: 'It is busy.' }),
    row: null,
  };
  const [picture, lines] = [newPicture(), [] as string[]];
  const view = linesView((line) => lines.push(line));
  for (const event of [wait, wait, { ...wait, job: job() }]) {
    view.show(event);
    apply(picture, event);
    const drawn = draw(picture, 1, { columns: 80, rows: 40 }).map(stripVTControlCharacters);
    expect(drawn.includes('waits: It is busy.')).toBe(event === wait);
  }
  expect(lines.filter((line) => line.includes('waits: It is busy.'))).toHaveLength(1);
});

test('no line is wider than the screen, and a low one loses failures', () => {
  const picture = newPicture();
  for (const rowNumber of [3, 4, 5]) apply(picture, failed(rowNumber));
  const lines = draw(picture, 1, { columns: 24, rows: 5 }).map(stripVTControlCharacters);
  expect(lines).toHaveLength(4);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(24);
});

test('the pace is that of the rows that ended while it was watched; before one did, what was expected', () => {
  let now = 0;
  const pace = new Pace(() => now);
  pace.see(job({ processedRows: 400 }));
  expect([pace.secondsLeft(job({ processedRows: 400 })), paceWords(pace)]).toEqual([360, '']);
  now = 60_000;
  pace.see(job({ processedRows: 412 }));
  expect([pace.secondsLeft(job({ processedRows: 412 })), paceWords(pace)]).toEqual([
    2_940,
    '12 rows a minute',
  ]);
  // Retried rows have not ended any more.
  pace.see(job({ processedRows: 300 }));
  expect(pace.rowsAMinute).toBeNull();
});

test('on a pipe there is a line a percent and a line a failure', () => {
  const lines: string[] = [];
  const view = linesView((line) => lines.push(line));
  for (const processedRows of [10, 11, 12, 25])
    view.show({ occurredAt, message: '', job: job({ processedRows, expectedSeconds: null }), row: null });
  view.show(failed(31, { processedRows: 26 }));
  expect(lines.map((line) => line.replace(/ · about.*/, ''))).toEqual([
    '00:00  1 % · 10 of 1,000 rows done',
    '00:00  2 % · 25 of 1,000 rows done',
    '00:00  row 31  SAFETY_FILTERED  The prompt was refused.',
  ]);
});

test.each<[Partial<Job>, number]>([
  [{ status: 'COMPLETED', successfulRows: 9, skippedRows: 1 }, EXIT.ok],
  [{ status: 'COMPLETED', successfulRows: 9, failedRows: 1 }, EXIT.partial],
  [{ status: 'COMPLETED', successfulRows: 9, reviewRows: 1 }, EXIT.partial],
  [{ status: 'COMPLETED', successfulRows: 9, partialRows: 1 }, EXIT.partial],
  [{ status: 'FAILED', failedRows: 10 }, EXIT.failed],
  [{ status: 'COMPLETED', skippedRows: 10 }, EXIT.failed],
  [{ status: 'CANCELLED', successfulRows: 9 }, EXIT.cancelled],
])('a job that is %j ends with %i', (counters, code) => {
  expect(exitCodeOf(job(counters))).toBe(code);
});

test('rows are named by numbers and ranges', () => {
  expect(rowNumbers('3, 7,10-12')).toEqual([3, 7, 10, 11, 12]);
});

test.each(['', '0', '3-', '12-10', 'a', '3;7', '1-9999999', '-2'])('%j names no rows', (words) => {
  expect(() => rowNumbers(words)).toThrow('Must be numbers of rows');
});

test('a command line is kept as a shell takes it again, without what is secret', () => {
  expect(commandLineOf(['batch', 'run', "Anna's films.csv", '--map', 'prompt={a}: {b}', '--yes'])).toBe(
    `vidpipe batch run 'Anna'\\''s films.csv' --map 'prompt={a}: {b}' --yes`,
  );
  const secret = commandLineOf(['batch', 'run', 'a.csv', '--url', 'https://me:hunter22@example.com/graphql']);
  expect(secret).not.toContain('hunter22');
  expect(commandLineOf(['x'.repeat(3_000)])).toHaveLength(2_000);
});
