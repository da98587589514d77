import { expect, test } from 'vitest';
import { cellsOf, readAll } from './support/read.ts';

const ROWS = [
  ['title', 'text'],
  ['one', 'a "quoted" word'],
  ['two\nlines', 'x'],
];

test.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
  ['CR', '\r'],
])('lines may end with %s, the last one with nothing', async (_name, end) => {
  const lines = ['title,text', 'one,"a ""quoted"" word"', '"two\nlines",x'];
  expect(await cellsOf(lines.join(end))).toEqual(ROWS);
  expect(await cellsOf(lines.join(end) + end)).toEqual(ROWS);
});

test('line ends may be mixed, also within quotes', async () => {
  expect(await cellsOf('a,b\r\n1,2\n3,"4\r\n5"\r6,7')).toEqual([
    ['a', 'b'],
    ['1', '2'],
    ['3', '4\r\n5'],
    ['6', '7'],
  ]);
});

test.each([
  [',', 'a,b\n"x;y;z",2\n'],
  [';', 'A;B;C;D\n1,1;2,2;3,3;4,1\n'],
  [';', 'name;text\n"a, b, c";d, e\n'],
  ['\t', 'a\tb, c\n1\t2, 3, 4\n'],
  ['|', 'a|b\n1,5|2,5\n'],
  [',', 'prompt\nA lighthouse\n'],
  [';', 'sep=;\r\na;b\r\n1;2,3,4\r\n'],
  [',', '"a;b",c\n"1;2;3",4\n'],
])('the delimiter %j is found', async (delimiter, text) => {
  const { head, rows } = await readAll(text);
  expect(head).toMatchObject({ format: 'CSV', delimiter });
  expect(rows.flatMap(({ problems }) => problems)).toEqual([]);
});

test('the delimiter can be told', async () => {
  expect(await cellsOf('a;b,c\n1;2,3', { delimiter: ',' })).toEqual([
    ['a;b', 'c'],
    ['1;2', '3'],
  ]);
});

test('row numbers are those that a spreadsheet shows: of records, blank ones counted', async () => {
  const { rows } = await readAll('\n\na,b\n1,"two\nlines"\n\n,\n3,4\n""\n5,6\n');
  expect(rows.map(({ rowNumber, cells }) => [rowNumber, ...cells])).toEqual([
    [4, '1', 'two\nlines'],
    [7, '3', '4'],
    [9, '5', '6'],
  ]);
});

test('names of columns are trimmed; one without gets its letter, and nothing behind the last is a column', async () => {
  const { head, rows } = await readAll(' title ,,__proto__,,\n1,2,3,,\n');
  expect(head!.columns).toEqual(['title', 'Column B', '__proto__']);
  expect(rows[0]).toMatchObject({ cells: ['1', '2', '3'], problems: [] });
});

test.each([
  ['an empty file', '', { code: 'FILE_EMPTY' }],
  ['a mark and nothing else', '\ufeff', { code: 'FILE_EMPTY' }],
  ['blank lines', '\n\r\n , \n'.replace(' , ', ',,'), { code: 'FILE_EMPTY' }],
  ['only a header', 'a,b\n\n,\n', { code: 'ROWS_MISSING' }],
  ['two headers alike', 'a,b, A \n1,2,3', { code: 'HEADER_TWICE', row: 1, column: 3, value: 'A' }],
  ['two headers alike in Unicode', 'ü,u\u0308\n1,2', { code: 'HEADER_TWICE', row: 1, column: 2 }],
  ['a header with an open quote', 'a,"b\n1,2', { code: 'QUOTE_NOT_CLOSED', row: 1, column: 2 }],
  [
    'five thousand columns',
    `${'a,'.repeat(5_000)}b\n1`.replaceAll(/a/g, () => `a${Math.random()}`),
    { code: 'TOO_MANY_COLUMNS', row: 1, column: 4_097 },
  ],
  ['a list of JSON', '[{"a":1}]', { code: 'FORMAT_UNSUPPORTED' }],
  ['a page', '<!DOCTYPE html><table><tr><td>a</table>', { code: 'FORMAT_UNSUPPORTED' }],
])('%s is refused', async (_name, text, problem) => {
  expect((await readAll(text)).refused).toMatchObject(problem);
});

test('a file of 101,000 rows is refused where it is too many, and its blank rows cost nothing', async () => {
  const { rows, refused } = await readAll(`a\n${'1\n\n'.repeat(101_000)}`);
  expect(rows.length).toBeLessThanOrEqual(100_000);
  expect(refused).toMatchObject({ code: 'TOO_MANY_ROWS', row: 200_002 });
});

test('a file of more than 50 MB is refused before it is read', async () => {
  expect((await readAll(Buffer.alloc(50_000_001, 'a,b\n'))).refused).toMatchObject({
    code: 'FILE_TOO_LARGE',
  });
});

test.each([
  ['a PNG picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])],
  [
    'random bytes',
    Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * index * 7 + index * 13) % 256)),
  ],
  ['zeros', Buffer.alloc(100)],
])('%s that is called .csv is refused', async (_name, bytes) => {
  expect((await readAll(bytes)).refused).toMatchObject({ code: 'NOT_A_SHEET' });
});

test('a line of 30 MB of delimiters is one row that is too large, in bounded memory', async () => {
  const { rows } = await readAll(`a,b\n1,2\n${','.repeat(30_000_000)}x\n3,4`);
  expect(rows.map(({ problems }) => problems.map(({ code }) => code))).toEqual([[], ['ROW_TOO_LARGE'], []]);
  expect(rows[2]).toMatchObject({ rowNumber: 4, cells: ['3', '4'] });
});
