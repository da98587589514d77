/** The process in which files are read. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test, vi } from 'vitest';
import { boxedParts } from '../../src/sheets/child/boxed-parts.ts';
import { readSheet, type SheetReading } from '../../src/sheets/read-sheet.ts';
import type { SheetRow } from '../../src/sheets/sheet.ts';
import { fileOf } from './support/read.ts';
import { partsOf, textRow, zipOf } from './support/workbook.ts';

async function rowsOf(reading: SheetReading): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const row of reading.rows) rows.push(row);
  return rows;
}

const kept = () => readdirSync(tmpdir()).filter((name) => name.startsWith('vidpipe-rows-'));

/** Processes that read sheets for this one. */
const readers = (): number[] => {
  const listed = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)]).toString();
  return listed
    .split('\n')
    .filter((line) => line.includes('read-sheet.child'))
    .map(Number.parseInt);
};

test('a file is read by its path or by its bytes, and nothing of it stays', async () => {
  const text = 'a,b\n1,2\n3\n';
  const pieces = (async function* () {
    yield Buffer.from(text.slice(0, 3));
    yield Buffer.from(text.slice(3));
  })();
  for (const source of [fileOf(text), Buffer.from(text), pieces]) {
    const reading = await readSheet(source);
    expect(reading.head).toMatchObject({
      format: 'CSV',
      columns: ['a', 'b'],
      delimiter: ',',
      encoding: 'utf-8',
    });
    expect(await rowsOf(reading)).toMatchObject([
      { rowNumber: 2, cells: ['1', '2'], problems: [] },
      { rowNumber: 3, cells: ['3', ''], problems: [{ code: 'TOO_FEW_CELLS', row: 3, column: 2 }] },
    ]);
  }
  expect(kept()).toEqual([]);
});

test('what refuses a file says the same as it would here, before its rows or behind them', async () => {
  await expect(readSheet(Buffer.from('a,a\n1,2'))).rejects.toMatchObject({
    problem: { code: 'HEADER_TWICE', column: 2 },
  });
  const reading = await readSheet(Buffer.from('a\n\n'));
  await expect(rowsOf(reading)).rejects.toMatchObject({ problem: { code: 'ROWS_MISSING' } });
  const chunks = (async function* () {
    for (;;) yield Buffer.alloc(2 ** 20, 'a,b\n');
  })();
  await expect(readSheet(chunks)).rejects.toMatchObject({ problem: { code: 'FILE_TOO_LARGE' } });
  expect(kept()).toEqual([]);
});

const large = () => Buffer.from(`a,b\n${'x,some text\n'.repeat(90_000)}`);

test('what is not asked for is not read, and whoever stops early leaves nothing', async () => {
  const reading = await readSheet(large());
  for await (const row of reading.rows) {
    expect(row.rowNumber).toBe(2);
    break;
  }
  expect(kept()).toEqual([]);
  await expect.poll(readers).toEqual([]);
  {
    await using unread = await readSheet(large());
    expect(unread.head.columns).toEqual(['a', 'b']);
    expect(readers()).toHaveLength(1);
  }
  await expect.poll(readers).toEqual([]);
  expect(kept()).toEqual([]);
});

test('a signal ends it with its reason', async () => {
  const reason = new Error('The person went away.');
  const controller = new AbortController();
  const reading = await readSheet(large(), { signal: controller.signal });
  const reads = (async () => {
    for await (const row of reading.rows) if (row.rowNumber === 3) controller.abort(reason);
  })();
  await expect(reads).rejects.toBe(reason);
  await expect(readSheet(large(), { signal: controller.signal })).rejects.toBe(reason);
  expect(kept()).toEqual([]);
});

test('it sees no secret of this process', async () => {
  vi.stubEnv('GEMINI_API_KEY', 'secret');
  await using reading = await readSheet(large());
  expect(reading.head.columns).toHaveLength(2);
  for (const pid of readers()) expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('secret');
  vi.unstubAllEnvs();
});

test('one that somebody kills is no fault of the file', async () => {
  const reading = await readSheet(large());
  for (const pid of readers()) process.kill(pid, 'SIGKILL');
  const error = await rowsOf(reading).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ message: expect.stringContaining('SIGKILL') });
  expect(error).not.toHaveProperty('problem');
});

test('a workbook that takes too much memory ends its reader, and says so', async () => {
  const texts = Array.from(
    { length: 30_000 },
    (_, index) => `<si><t>${index}${'x'.repeat(1_500)}</t></si>`,
  ).join('');
  const file = await zipOf(partsOf({ rows: textRow(1, 'a') + textRow(2, 'b'), texts }));
  await expect(readSheet(file, { heapMebibytes: 32 })).rejects.toMatchObject({
    problem: { code: 'READING_TOO_COSTLY', reason: expect.stringContaining('memory') },
  });
});

test('a file that takes too much time ends its reader, and says so', { tags: 'long' }, async () => {
  const file = fileOf(`a\n${'"x"y\n'.repeat(90_000)}`);
  const reads = (async () => {
    for await (const part of boxedParts({ file, options: {} }, { cpuSeconds: 1 })) expect(part).toBeDefined();
  })();
  await expect(reads).rejects.toMatchObject({
    problem: { code: 'READING_TOO_COSTLY', reason: expect.stringContaining('time') },
  });
});

test('a path that is none is an error of whoever gave it', async () => {
  const none = '/nowhere/sheet.csv';
  expect(existsSync(none)).toBe(false);
  await expect(readSheet(none)).rejects.toThrow(/ENOENT/);
});
