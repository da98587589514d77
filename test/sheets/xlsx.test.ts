import { describe, expect, test } from 'vitest';
import { cellsOf, readAll } from './support/read.ts';
import { partsOf, textRow, zipOf } from './support/workbook.ts';

const TEXTS =
  '<si><t>title</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">two </t></r><r><t>looks</t></r><rPh sb="0" eb="1"><t>toku</t></rPh></si><si><t>a_x000D_b _x005F_x0041_</t></si>';
const SHARED =
  '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="3"><c r="A3" t="s"><v>1</v></c></row><row r="4"><c r="A4" t="s"><v>2</v></c></row>';

test('texts are found wherever they are in the archive, and blank rows are counted', async () => {
  const parts = Object.entries(partsOf({ rows: SHARED, texts: TEXTS }));
  for (const order of [parts, parts.toReversed()]) {
    const { rows } = await readAll(await zipOf(Object.fromEntries(order)));
    expect(rows.map(({ rowNumber, cells }) => [rowNumber, ...cells])).toEqual([
      [3, 'two looks'],
      [4, 'a\rb _x0041_'],
    ]);
  }
});

test('cells and rows need not say where they are, and cells may be left out', async () => {
  const rows = `${textRow(2, 'a', 'b', 'c').replaceAll(' r="2"', '')}<row><c/><c><v>1</v></c></row><row r="9"><c r="C9"><v>2</v></c></row>`;
  const read = await readAll(await zipOf(partsOf({ rows })));
  expect(read.rows.map(({ rowNumber, cells }) => [rowNumber, ...cells])).toEqual([
    [2, '', '1', ''],
    [9, '', '', '2'],
  ]);
});

test('prefixes of names are of no matter', async () => {
  const parts = partsOf({ rows: '' });
  const rows = `${textRow(1, 'a')}${textRow(2, 'b')}`.replaceAll(/<(\/?)/g, '<$1x:');
  parts['xl/worksheets/sheet1.xml'] =
    `<x:worksheet xmlns:x="m"><x:sheetData>${rows}</x:sheetData></x:worksheet>`;
  expect(await cellsOf(await zipOf(parts))).toEqual([['a'], ['b']]);
});

const SHOWN: [code: string, number: number, shown: string][] = [
  ['General', 12345678901234, '12345678901234'],
  ['General', 0.1 + 0.2, '0.3'],
  ['General', -0.5, '-0.5'],
  ['0', 7.6, '8'],
  ['00000', 1234, '01234'],
  ['0%', 0.5, '50%'],
  ['0\\ %', 0.5, '50 %'],
  ['#,##0.00', 1234567.891, '1,234,567.89'],
  ['#,##0.00\\ "€"', 12.5, '12.50 €'],
  ['_-* #,##0.00\\ [$€-407]_-', 12.5, '12.50 €'],
  ['#,##0;(#,##0)', -1234, '(1,234)'],
  ['# ?/?', 0.5, '1/2'],
  ['0.00E+00', 12345, '1.23E+04'],
  ['yyyy-mm-dd', 46086, '2026-03-05'],
  ['dd.mm.yyyy', 46086, '05.03.2026'],
  ['d. mmmm yyyy', 46086, '5. March 2026'],
  ['yyyy\\-mm\\-dd\\ hh:mm:ss', 46086.75, '2026-03-05 18:00:00'],
  ['hh:mm', 0.75, '18:00'],
  ['[h]:mm', 26.5 / 24, '26:30'],
  ['[$-407]d. mmmm yyyy', 46086, '5. März 2026'],
  ['yyyy-mm-dd', 9e9, '9000000000'],
];

test('numbers and dates are read as they are shown', async () => {
  const formats = SHOWN.map(([code]) => code);
  const cells = SHOWN.map(([, number], index) => `<row><c s="${index + 1}"><v>${number}</v></c></row>`);
  const rows = textRow(1, 'n') + cells.join('');
  expect((await cellsOf(await zipOf(partsOf({ rows, formats })))).slice(1).flat()).toEqual(
    SHOWN.map(([, , shown]) => shown),
  );
});

test('dates that are counted from 1904 are the same days, and times and hours in all stay', async () => {
  const formats = ['yyyy-mm-dd', 'hh:mm', '[h]:mm', '0'];
  const numbers = [46086 - 1462, 0.75, 26.5 / 24, 44624];
  const cells = numbers.map((number, index) => `<row><c s="${index + 1}"><v>${number}</v></c></row>`);
  for (const value of ['1', 'true']) {
    const workbook = `<workbookPr date1904="${value}"/>`;
    const sheet = await zipOf(partsOf({ rows: textRow(1, 'n') + cells.join(''), formats, workbook }));
    expect((await cellsOf(sheet)).slice(1).flat()).toEqual(['2026-03-05', '18:00', '26:30', '44624']);
  }
});

test('formulas are read as they were calculated; errors, and what nobody calculated, are problems of their cell', async () => {
  const cells = [
    '<c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>"a"</f><v>a</v></c><c r="C2" t="b"><v>1</v></c>',
    '<c r="A3" t="str"><f>IF(1,"")</f><v></v></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    '<c r="A4"><v>1</v></c><c r="B4"/><c r="C4"><f>A1*2</f></c>',
  ];
  const rows =
    textRow(1, 'a', 'b', 'c') + cells.map((row, index) => `<row r="${index + 2}">${row}</row>`).join('');
  const read = await readAll(await zipOf(partsOf({ rows })));
  expect(read.rows).toMatchObject([
    { cells: ['2', 'a', 'TRUE'], problems: [] },
    { problems: [{ code: 'CELL_IS_ERROR', row: 3, column: 2, value: '#DIV/0!' }] },
    { problems: [{ code: 'FORMULA_WITHOUT_VALUE', row: 4, column: 3, value: '=A1*2' }] },
  ]);
});

describe('sheets', () => {
  const sheets =
    '<sheet name="Notes" sheetId="1" state="veryHidden" r:id="rId1"/><sheet name="Films" sheetId="2" r:id="rId2"/>';
  const parts = partsOf({ rows: textRow(1, 'hidden') + textRow(2, 'x'), sheets });
  parts['xl/worksheets/sheet2.xml'] =
    `<worksheet><sheetData>${textRow(1, 'film')}${textRow(2, 'y')}</sheetData></worksheet>`;

  test('the first that is shown is read, or the one of a name', async () => {
    const file = await zipOf(parts);
    expect(await cellsOf(file)).toEqual([['film'], ['y']]);
    expect(await cellsOf(file, { sheet: 'Notes' })).toEqual([['hidden'], ['x']]);
    const { head } = await readAll(file);
    expect(head).toMatchObject({
      format: 'XLSX',
      sheet: 'Films',
      sheets: [
        { name: 'Notes', isHidden: true },
        { name: 'Films', isHidden: false },
      ],
    });
  });

  test('one that is not there is refused with the names of those that are', async () => {
    const { refused } = await readAll(await zipOf(parts), { sheet: 'films' });
    expect(refused).toMatchObject({
      code: 'SHEET_NOT_FOUND',
      value: 'films',
      reason: expect.stringContaining('"Films"'),
    });
  });
});

const GOOD = textRow(1, 'a', 'b') + textRow(2, '1', '2');

describe('what is refused', () => {
  test.each([
    ['macros', { 'xl/vbaProject.bin': 'x' }, 'FILE_HAS_MACROS'],
    [
      'macros by its type',
      {
        '[Content_Types].xml':
          '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
      },
      'FILE_HAS_MACROS',
    ],
    [
      'a binary workbook',
      {
        '[Content_Types].xml':
          '<Types><Override ContentType="application/vnd.ms-excel.sheet.binary.macroenabled.main"/></Types>'.replace(
            'macroenabled',
            'x',
          ),
      },
      'FORMAT_UNSUPPORTED',
    ],
    [
      'a document',
      {
        '[Content_Types].xml':
          '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      },
      'NOT_A_SHEET',
    ],
    [
      'entities of its own',
      { 'xl/worksheets/sheet1.xml': '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>' },
      'FILE_DAMAGED',
    ],
    ['XML that ends early', { 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${GOOD}` }, 'FILE_DAMAGED'],
    ['no sheet data', { 'xl/worksheets/sheet1.xml': '<worksheet/>' }, 'FILE_EMPTY'],
    ['no workbook', { '_rels/.rels': '<Relationships/>' }, 'FILE_DAMAGED'],
    ['bytes that are no text', { 'xl/worksheets/sheet1.xml': Buffer.from([60, 255, 254]) }, 'FILE_DAMAGED'],
  ])('%s', async (_name, parts, code) => {
    const { refused } = await readAll(await zipOf({ ...partsOf({ rows: GOOD }), ...parts }));
    expect(refused).toMatchObject({ code });
  });

  test('an archive of other files, and an OpenDocument file', async () => {
    expect((await readAll(await zipOf({ 'a.txt': 'x' }))).refused).toMatchObject({ code: 'NOT_A_SHEET' });
    const ods = await zipOf({
      mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
      'content.xml': '<a/>',
    });
    expect((await readAll(ods)).refused).toMatchObject({ code: 'FORMAT_UNSUPPORTED' });
  });

  test('a workbook with a password, and one of the old kind', async () => {
    const ole = Buffer.from('d0cf11e0a1b11ae1', 'hex');
    const encrypted = Buffer.concat([ole, Buffer.alloc(65_520), Buffer.from('EncryptedPackage', 'utf16le')]);
    expect((await readAll(encrypted)).refused).toMatchObject({ code: 'FILE_ENCRYPTED' });
    expect((await readAll(Buffer.concat([ole, Buffer.alloc(9_000)]))).refused).toMatchObject({
      code: 'FORMAT_UNSUPPORTED',
    });
  });

  test('half of an archive, and one that is damaged anywhere', async () => {
    const file = await zipOf(partsOf({ rows: GOOD, texts: TEXTS }));
    expect((await readAll(file.subarray(0, file.length / 2))).refused).toMatchObject({
      code: 'FILE_DAMAGED',
    });
    for (let at = 4; at < file.length; at += 11) {
      const damaged = Buffer.from(file);
      damaged[at]! ^= 0x55;
      // Refused, or read where the damage is in nothing that counts; never anything else.
      const { refused, rows } = await readAll(damaged);
      expect(refused ?? rows).not.toEqual([]);
    }
  });
});

test('a cell of two megabytes is a problem of its row', async () => {
  const rows = textRow(1, 'a', 'b') + textRow(2, '1', 'x'.repeat(2_000_000)) + textRow(3, '1', '2');
  const read = await readAll(await zipOf(partsOf({ rows })));
  expect(read.rows).toMatchObject([
    { problems: [{ code: 'CELL_TOO_LARGE', row: 2, column: 2, value: 'x'.repeat(100) }] },
    { problems: [], cells: ['1', '2'] },
  ]);
});

test('a text that is kept once and shown ten thousand times is not read without end', async () => {
  const texts = `<si><t>${'x'.repeat(200_000)}</t></si>`;
  const cell = '<c t="s"><v>0</v></c>';
  const rows = textRow(1, 'a', 'b', 'c', 'd') + `<row>${cell.repeat(4)}</row>`.repeat(2_500);
  expect((await readAll(await zipOf(partsOf({ rows, texts })))).refused).toMatchObject({
    code: 'CONTENT_TOO_LARGE',
  });
  const letters = Array.from('abcdefgh');
  const wide = textRow(1, ...letters) + `<row>${cell.repeat(8)}</row>` + textRow(3, ...letters);
  const read = await readAll(await zipOf(partsOf({ rows: wide, texts })));
  expect(read.rows.map(({ problems }) => problems.map(({ code }) => code))).toEqual([['ROW_TOO_LARGE'], []]);
});

test('cells that are only painted make no columns', async () => {
  const rows = `<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="XFD1" s="1"/></row>${textRow(2, 'x')}`;
  expect(await cellsOf(await zipOf(partsOf({ rows, formats: ['0'] })))).toEqual([['a'], ['x']]);
  const far = await readAll(await zipOf(partsOf({ rows: rows.replace('s="1"/>', '><v>1</v></c>') })));
  expect(far.refused).toMatchObject({ code: 'TOO_MANY_COLUMNS', row: 1 });
});
