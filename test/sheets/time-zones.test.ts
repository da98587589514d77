/** A date in a sheet is a day in a calendar: it is the same wherever it is read or written. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { fileOf } from './support/read.ts';
import { partsOf, textRow, zipOf } from './support/workbook.ts';

const moduleOf = (name: string) => JSON.stringify(path.resolve('src/sheets', name));

const SCRIPT = `
import { readParts } from ${moduleOf('read-parts.ts')};
import { writeXlsx } from ${moduleOf('xlsx/write-xlsx.ts')};
import { writeCsv } from ${moduleOf('csv/write-csv.ts')};
import { createHash } from 'node:crypto';
const rows = [];
for await (const part of readParts(process.argv[1], {})) rows.push(...(part.rows ?? []).map(({ cells }) => cells));
const hash = createHash('sha256');
for (const write of [writeXlsx, writeCsv]) for await (const chunk of write(['at'], [[new Date(1772733600000)]])) hash.update(chunk);
console.log(JSON.stringify({ zone: new Date(0).getTimezoneOffset(), rows, written: hash.digest('hex') }));
`;

async function readIn(zone: string, file: string) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', SCRIPT, file],
    {
      env: { ...process.env, TZ: zone },
    },
  );
  return JSON.parse(stdout) as { zone: number; rows: string[][]; written: string };
}

test('dates and times are the same in Los Angeles, Tokyo and London', async () => {
  const formats = ['yyyy-mm-dd', 'yyyy-mm-dd hh:mm:ss', 'hh:mm', 'd. mmmm yyyy'];
  // The days on which their clocks change, and the last minute of a year.
  const cells = [46089.125, 46089.0833333333, 46022.9999, 1, 0.5].flatMap((serial) =>
    formats.map((_, style) => `<row><c s="${style + 1}"><v>${serial}</v></c></row>`),
  );
  const file = fileOf(await zipOf(partsOf({ rows: textRow(1, 'at') + cells.join(''), formats })));
  const [one, ...others] = await Promise.all(
    ['America/Los_Angeles', 'Asia/Tokyo', 'Europe/London'].map((zone) => readIn(zone, file)),
  );
  expect(one!.rows[1]).toEqual(['2026-03-08 03:00:00']);
  for (const other of others) {
    expect(other.zone).not.toBe(one!.zone);
    expect(other).toEqual({ ...one, zone: other.zone });
  }
});
