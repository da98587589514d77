/** A hundred thousand rows in each format: how long they take, and how much memory here and in the reader. */
import { execFileSync } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import type { CellValue } from '../../src/sheets/cell-value.ts';
import { writeCsv } from '../../src/sheets/csv/write-csv.ts';
import { writeJsonLines } from '../../src/sheets/json-lines/write-json-lines.ts';
import { readSheet } from '../../src/sheets/read-sheet.ts';
import { writeXlsx } from '../../src/sheets/xlsx/write-xlsx.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

/** Of a sheet as large as any: `ROWS=100000`. */
const ROWS = Number(process.env['ROWS'] ?? 20_000);
const COLUMNS = ['title', 'text', 'number', 'made', 'film', 'note', 'formula', 'id'];
/** What a film's text is like: a file of 40 MB. */
const TEXT = 'and the waves came in, one by one, the whole night,\nover the "cold" grey rocks. '.repeat(3);

function* rows(): Generator<CellValue[]> {
  for (let index = 0; index < ROWS; index += 1)
    yield [
      `Film ${index}`,
      `${index} ${TEXT}`,
      index * 1.5,
      new Date(1.7e12 + index * 1e6),
      { url: `https://example.org/films/${index}`, text: 'open' },
      index % 7 === 0 ? '' : 'größer',
      '=1+1',
      `id-${index}`,
    ];
}

/** Mebibytes that a process had at most. */
const peakOf = (pid: number): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1_024;

function readerPid(): number {
  const listed = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)]).toString();
  return Number.parseInt(
    listed.split('\n').find((line) => line.includes('read-sheet.child'))!,
    10,
  );
}

test.each([
  ['CSV', writeCsv],
  ['XLSX', writeXlsx],
  ['JSON Lines', writeJsonLines],
])('%s', async (name, write) => {
  const file = path.join(temporaryFolder('large'), 'rows');
  const before = process.memoryUsage().rss / 2 ** 20;
  let mostHere = 0;
  const look = () => (mostHere = Math.max(mostHere, process.memoryUsage().rss / 2 ** 20 - before));
  const writing = performance.now();
  await pipeline(write(COLUMNS, rows()), createWriteStream(file));
  look();
  const reading = performance.now();
  const { rows: read } = await readSheet(file);
  const pid = readerPid();
  let [count, mostThere] = [0, 0];
  for await (const { problems } of read) {
    expect(problems).toEqual([]);
    count += 1;
    if (count % 1_000 !== 0) continue;
    look();
    if (count < ROWS) mostThere = Math.max(mostThere, peakOf(pid));
  }
  const seconds = [reading - writing, performance.now() - reading].map((ms) => (ms / 1_000).toFixed(1));
  console.log(
    `${name}: written in ${seconds[0]} s, read in ${seconds[1]} s; ${mostHere.toFixed(0)} MiB more here, ${mostThere.toFixed(0)} MiB in the reader.`,
  );
  expect(count).toBe(ROWS);
  expect(mostHere).toBeLessThan(120);
  expect(mostThere).toBeLessThan(200);
});
