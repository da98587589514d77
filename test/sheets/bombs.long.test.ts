/** Workbooks that unpack to more than anybody has memory for. */
import { expect, test } from 'vitest';
import { type ForgedEntry, forgedZip } from './support/forged-zip.ts';
import { readAll } from './support/read.ts';
import { partsOf, textRow } from './support/workbook.ts';

const SHEET = 'xl/worksheets/sheet1.xml';
const TEXTS = 'xl/sharedStrings.xml';
const ROWS = textRow(1, 'a') + textRow(2, 'b');

/** A good workbook, but for one entry. */
const workbookWith = (forged: ForgedEntry): Buffer => {
  const parts = Object.entries(partsOf({ rows: ROWS })).map(([name, content]) => ({
    name,
    content: Buffer.from(content),
  }));
  return forgedZip([...parts.filter(({ name }) => name !== forged.name), forged]);
};

const sheetOf = (rows: string) => Buffer.from(`<worksheet><sheetData>${rows}`);
const MEGABYTE = 2 ** 20;

test('the archive that is forged here is a good one if nothing is', async () => {
  const content = Buffer.concat([sheetOf(ROWS), Buffer.from('</sheetData></worksheet>')]);
  expect((await readAll(workbookWith({ name: SHEET, content }))).rows).toHaveLength(1);
});

test.each([
  [
    'says that it has 4 GB',
    { name: SHEET, content: sheetOf(ROWS), declaredBytes: 2 ** 32 - 2 },
    'CONTENT_TOO_LARGE',
  ],
  [
    'has more than it says',
    { name: SHEET, content: Buffer.alloc(30 * MEGABYTE), declaredBytes: 1_000 },
    'FILE_DAMAGED',
  ],
  [
    'has a text of 30 MB',
    { name: SHEET, content: Buffer.concat([sheetOf('<row><c><v>'), Buffer.alloc(30 * MEGABYTE, '1')]) },
    'CONTENT_TOO_LARGE',
  ],
  [
    'has an attribute of 30 MB',
    { name: SHEET, content: Buffer.concat([sheetOf('<row r="'), Buffer.alloc(30 * MEGABYTE, '1')]) },
    'CONTENT_TOO_LARGE',
  ],
  [
    'has two million rows',
    { name: SHEET, content: Buffer.concat([sheetOf(ROWS), Buffer.alloc(2e6 * 6, '<row/>')]) },
    'TOO_MANY_ROWS',
  ],
  [
    'has a table of texts of 70 MB',
    {
      name: TEXTS,
      content: Buffer.concat([
        Buffer.from('<sst>'),
        Buffer.alloc(70 * MEGABYTE, `<si></si>${' '.repeat(5_000)}`),
      ]),
    },
    'CONTENT_TOO_LARGE',
  ],
  [
    'has a type of content of 40 MB',
    {
      name: '[Content_Types].xml',
      content: Buffer.concat([
        Buffer.from('<Types>'),
        Buffer.alloc(40 * MEGABYTE, `<a/>${' '.repeat(5_000)}`),
      ]),
    },
    'CONTENT_TOO_LARGE',
  ],
  ['is encrypted in part', { name: SHEET, content: sheetOf(ROWS), isEncrypted: true }, 'FILE_ENCRYPTED'],
] as const)('one that %s is refused', async (_name, forged, code) => {
  expect((await readAll(workbookWith(forged))).refused).toMatchObject({ code });
});
