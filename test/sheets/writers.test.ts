/** What is written is read again as it was, and no spreadsheet runs any of it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CellValue } from '../../src/sheets/cell-value.ts';
import { guarded, unguarded } from '../../src/sheets/csv/formula-guard.ts';
import { writeCsv } from '../../src/sheets/csv/write-csv.ts';
import { writeJsonLines } from '../../src/sheets/json-lines/write-json-lines.ts';
import { writeXlsx } from '../../src/sheets/xlsx/write-xlsx.ts';
import { bytesOf, cellsOf } from './support/read.ts';

const WRITERS = [
  ['CSV', writeCsv],
  ['XLSX', writeXlsx],
  ['JSON Lines', writeJsonLines],
] as const;

const DANGEROUS = [
  '=1+1',
  "-2+3+cmd|' /C calc'!A0",
  '@SUM(A1)',
  '+1+1',
  '\t=1+1',
  '\r=1+1',
  '  =1',
  '\ufeff=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
  '\n=1',
  '+49-170-123',
  '-',
  '=',
];
const HARMLESS = [
  '-0.5',
  '+3',
  '-1,5',
  '-1.234,56',
  '1e-5',
  '-1e5',
  '-5 %',
  '+49 170 1234567',
  'a=b',
  '1+1',
  "'tis",
  '',
];

test('a guard stands before whatever a spreadsheet would run, and before nothing else', () => {
  for (const text of DANGEROUS) expect(guarded(text)).toBe(`'${text}`);
  for (const text of HARMLESS) expect(guarded(text)).toBe(text);
});

test('a guard is taken off again, also from a text that had one', () => {
  for (const text of [...DANGEROUS, ...HARMLESS, "'=1", "''=1+1", "'-0.5", "'"])
    expect(unguarded(guarded(text))).toBe(text);
  expect(guarded("'=1")).toBe("''=1");
});

test('numbers stay numbers, truth is truth, a time is one, and what is nothing is an empty cell', async () => {
  const row: CellValue[] = [
    -0.5,
    1e21,
    true,
    new Date('2026-03-05T18:00:00Z'),
    null,
    Number.NaN,
    new Date(Number.NaN),
  ];
  const columns = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  expect((await bytesOf(writeCsv(columns, [row]))).toString()).toBe(
    '\ufeffa,b,c,d,e,f,g\r\n-0.5,1e+21,true,2026-03-05T18:00:00.000Z,,,\r\n',
  );
  expect((await bytesOf(writeJsonLines(columns, [row]))).toString()).toBe(
    '{"a":-0.5,"b":1e+21,"c":true,"d":"2026-03-05T18:00:00.000Z","e":null,"f":null,"g":""}\n',
  );
  expect(await cellsOf(await bytesOf(writeXlsx(columns, [row])))).toEqual([
    columns,
    ['-0.5', '1e+21', 'TRUE', '2026-03-05 18:00:00', '', '', ''],
  ]);
});

test('only web addresses become links', async () => {
  const row = [
    'https://example.org/a"b',
    'javascript:alert(1)',
    'file:///etc/passwd',
    `https://e.org/${'x'.repeat(300)}`,
  ].map((url) => ({ url, text: 'see "it"' }));
  const [, csv] = await cellsOf(await bytesOf(writeCsv(['a', 'b', 'c', 'd'], [row])));
  expect(csv).toEqual(['https://example.org/a%22b', 'see "it"', 'see "it"', row[3]!.url]);
  const [, xlsx] = await cellsOf(await bytesOf(writeXlsx(['a', 'b', 'c', 'd'], [row])));
  expect(xlsx).toEqual(['see "it"', 'see "it"', 'see "it"', row[3]!.url]);
});

test('a cell of a workbook is cut where a spreadsheet would refuse it, and rid of what XML cannot hold', async () => {
  const row = ['x'.repeat(40_000), 'a\0b\u000bc\ufffed\ud800e', `${'y'.repeat(32_766)}😀`];
  const [, cells] = await cellsOf(await bytesOf(writeXlsx(['a', 'b', 'c'], [row])));
  expect(cells).toEqual(['x'.repeat(32_767), 'abcde', 'y'.repeat(32_766)]);
});

test('files of equal rows are equal', async () => {
  expect(await bytesOf(writeXlsx(['a'], [['x']]))).toEqual(await bytesOf(writeXlsx(['a'], [['x']])));
});

test.each(WRITERS)('%s passes on what its rows throw', async (_name, write) => {
  const rows = (async function* () {
    yield ['x'];
    throw new Error('The database is gone.');
  })();
  await expect(bytesOf(write(['a'], rows))).rejects.toThrow('The database is gone.');
});

test.each(WRITERS)('%s may be given up, and closes what its rows come from', async (_name, write) => {
  let isClosed = false;
  const rows = (async function* () {
    try {
      for (;;) yield [Math.random()];
    } finally {
      isClosed = true;
    }
  })();
  let chunks = 0;
  for await (const chunk of write(['a'], rows)) {
    expect(chunk.length).toBeGreaterThan(0);
    chunks += 1;
    if (chunks === 20) break;
  }
  await expect.poll(() => isClosed).toBe(true);
});

/** What sheets are full of: pieces that matter to a reader, and any other text. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        ',',
        ';',
        '\n',
        '\r',
        '\t',
        '|',
        ' ',
        '=',
        '-',
        '+',
        '@',
        "'",
        '_x000D_',
        '_x',
        '&',
        '<',
        'é',
        '0',
        '😀',
        'sep=',
      ),
      { maxLength: 8 },
    )
    .map((pieces) => pieces.join('')),
);
/** As many columns in each row; a row of nothing would be a blank one. */
const sheet = fc.integer({ min: 1, max: 6 }).chain((width) => {
  const row = fc.array(text, { minLength: width, maxLength: width });
  return fc.array(
    row.filter((cells) => cells.some((cell) => cell.trim() !== '')),
    { minLength: 1, maxLength: 12 },
  );
});

/** Of JSON's keys, those that are whole numbers would come first. */
const names = fc.uniqueArray(
  fc
    .oneof(
      fc.constantFrom('{}', '[', '[{', '<table>', '<?xml', 'sep=;', '__proto__', '=1', '1a'),
      fc.string({ maxLength: 5 }),
    )
    .map((name) => name.trim())
    .filter((name) => !/^\d*$/.test(name)),
  { minLength: 6, maxLength: 6, selector: (name) => name.toLowerCase() },
);

test.each(WRITERS)('%s: any rows come back', async (_name, write) => {
  const property = fc.asyncProperty(names, sheet, async (all, rows) => {
    const columns = all.slice(0, rows[0]!.length);
    expect(await cellsOf(await bytesOf(write(columns, rows)))).toEqual([columns, ...rows]);
  });
  await fc.assert(property, { numRuns: 60 });
});
