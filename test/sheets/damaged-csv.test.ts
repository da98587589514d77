/** A sheet with forty damages, a good row before and behind each: each is named with its row and column, and costs itself only. */
import { beforeAll, expect, test } from 'vitest';
import type { RowProblemCode } from '../../src/sheets/problem.ts';
import { cellsOf, type Read, readAll } from './support/read.ts';

const COLUMNS = 4;

/** What stands in a line, and what is said of its rows: the code and the column of each. */
type Damage = [name: string, line: string | Buffer, ...said: [code: RowProblemCode, column: number | null][]];

const long = (units: number) => 'x'.repeat(units);
const TOO_LONG = 256 * 1_024 + 1;

const DAMAGES: Damage[] = [
  ['one cell', 'a', ['TOO_FEW_CELLS', 2]],
  ['two cells', 'a,b', ['TOO_FEW_CELLS', 3]],
  ['a cell too few', 'a,b,c', ['TOO_FEW_CELLS', 4]],
  ['a cell too few, with quotes', '"a","b","c"', ['TOO_FEW_CELLS', 4]],
  ['a cell too few, over two lines', '"a\nA",b,c', ['TOO_FEW_CELLS', 4]],
  ['another delimiter', 'a;b;c;d', ['TOO_FEW_CELLS', 2]],
  ['tabs', 'a\tb\tc\td', ['TOO_FEW_CELLS', 2]],
  ['all in one pair of quotes', '"a,b,c,d"', ['TOO_FEW_CELLS', 2]],
  ['a quoted delimiter', 'a,"b,c",d', ['TOO_FEW_CELLS', 4]],
  ['an apostrophe', "'", ['TOO_FEW_CELLS', 2]],
  ['a cell too many', 'a,b,c,d,e', ['TOO_MANY_CELLS', 5]],
  ['three cells too many', 'a,b,c,d,e,f,g', ['TOO_MANY_CELLS', 5]],
  ['a cell far out', 'a,b,c,d,,,,,,j', ['TOO_MANY_CELLS', 5]],
  ['a number with commas', 'a,b,c,1,000', ['TOO_MANY_CELLS', 5]],
  ['a text with a comma', 'Hello, world,b,c,d', ['TOO_MANY_CELLS', 5]],
  ['two rows in one line', 'a,b,c,d,a,b,c,d', ['TOO_MANY_CELLS', 5]],
  ['five thousand cells', `a${',b'.repeat(4_999)}`, ['TOO_MANY_CELLS', 5]],
  ['a quote that is not closed in the first cell', '"a,b,c,d', ['QUOTE_NOT_CLOSED', 1]],
  ['a quote that is not closed in the second cell', 'a,"b,c,d', ['QUOTE_NOT_CLOSED', 2]],
  ['a quote that is not closed in the last cell', 'a,b,c,"d', ['QUOTE_NOT_CLOSED', 4]],
  ['a quote that is not closed behind quoted cells', '"a","b","c","d', ['QUOTE_NOT_CLOSED', 4]],
  ['a quote that is doubled at its end only', 'a,b,c,"d""', ['QUOTE_NOT_CLOSED', 4]],
  ['a single quote in a cell', 'a,b,",d', ['QUOTE_NOT_CLOSED', 3]],
  ['three quotes', 'a,""",c,d', ['QUOTE_NOT_CLOSED', 2]],
  ['text behind a closing quote', 'a,"b"x,c,d', ['QUOTE_MISPLACED', 2]],
  ['a blank behind a closing quote', 'a,"b" ,c,d', ['QUOTE_MISPLACED', 2]],
  ['quotes within quotes that are not doubled', 'a,b,"say "hi" twice",d', ['QUOTE_MISPLACED', 3]],
  ['text behind the last closing quote', 'a,b,c,"d"x', ['QUOTE_MISPLACED', 4]],
  ['a backslash before a quote', 'a,"b\\"x",c,d', ['QUOTE_MISPLACED', 2]],
  // The line below is no row of its own: what is odd in it is said of it too.
  [
    'quotes within quotes over two lines',
    'a,"say "hi"\nthere",c,d',
    ['QUOTE_MISPLACED', 2],
    ['QUOTE_MISPLACED', 1],
  ],
  ['a zero byte', 'a,b\0b,c,d', ['CHARACTER_DAMAGED', 2]],
  ['a byte that is no character', Buffer.from([97, 44, 0xff, 44, 99, 44, 100]), ['CHARACTER_DAMAGED', 2]],
  ['half a character', Buffer.from([97, 44, 98, 44, 0xe2, 0x82, 44, 100]), ['CHARACTER_DAMAGED', 3]],
  ['half a character at the end', Buffer.from([97, 44, 98, 44, 99, 44, 0xc3]), ['CHARACTER_DAMAGED', 4]],
  ['another encoding', Buffer.from('Köln,b,c,d', 'latin1'), ['CHARACTER_DAMAGED', 1]],
  ['a surrogate', Buffer.from([97, 44, 98, 44, 99, 44, 0xed, 0xa0, 0x80]), ['CHARACTER_DAMAGED', 4]],
  ['a cell that is too long', `a,${long(TOO_LONG)},c,d`, ['CELL_TOO_LARGE', 2]],
  ['a quoted cell of two megabytes', `a,b,"${`${long(79)}\n`.repeat(25_000)}",d`, ['CELL_TOO_LARGE', 3]],
  ['a cell of two megabytes', `a,b,c,${long(2_000_000)}`, ['CELL_TOO_LARGE', 4]],
  ['a row of two megabytes', long(200_000).concat(',').repeat(10), ['ROW_TOO_LARGE', null]],
  [
    'two damages in a row',
    Buffer.from([97, 44, 0xff, 44, 99, 44, 0xfe, 44, 101]),
    ['TOO_MANY_CELLS', 5],
    ['CHARACTER_DAMAGED', 2],
    ['CHARACTER_DAMAGED', 4],
  ],
];

const good = (number: number) => [`gut ${number}`, '“größer”', '"1,5"', 'x'];
const LINE_ENDS = ['\n', '\r\n'];

let read: Read;

beforeAll(async () => {
  const pieces: (string | Buffer)[] = ['w,x,y,z\n'];
  for (const [index, [, line]] of DAMAGES.entries())
    pieces.push(`${good(index).join(',')}\n`, line, LINE_ENDS[index % 2]!);
  pieces.push(good(DAMAGES.length).join(','));
  read = await readAll(Buffer.concat(pieces.map((piece) => Buffer.from(piece))));
});

test('there are forty', () => {
  expect(DAMAGES.length).toBeGreaterThanOrEqual(40);
  expect(read).toMatchObject({
    refused: undefined,
    head: { columns: ['w', 'x', 'y', 'z'], encoding: 'utf-8' },
  });
});

test('each good row is read, and no other is taken for one', () => {
  const rows = read.rows.filter(({ problems }) => problems.length === 0);
  expect(rows.map(({ cells }) => cells)).toEqual(
    Array.from({ length: DAMAGES.length + 1 }, (_, index) =>
      good(index).map((cell) => cell.replaceAll('"', '')),
    ),
  );
});

test.each(DAMAGES.map((damage, index) => [damage[0], damage, index] as const))(
  '%s',
  (_name, [, , ...said], index) => {
    const before = read.rows.findIndex(({ cells }) => cells[0] === `gut ${index}`);
    const behind = read.rows.findIndex(({ cells }) => cells[0] === `gut ${index + 1}`);
    const problems = read.rows.slice(before + 1, behind).flatMap((row) => row.problems);
    expect(problems.map(({ code, column }) => [code, column])).toEqual(said);
    for (const { row, value } of problems) {
      expect(row).toBeGreaterThan(read.rows[before]!.rowNumber);
      expect(row).toBeLessThan(read.rows[behind]!.rowNumber);
      expect((value ?? '').length).toBeLessThanOrEqual(100);
    }
  },
);

test('row numbers are those of a spreadsheet', () => {
  const numbers = read.rows.map(({ rowNumber }) => rowNumber);
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
  expect(read.rows.every(({ cells }) => cells.length === COLUMNS)).toBe(true);
});

test('what is odd and no damage: quotes within a cell that has none around, and empty cells behind the last column', async () => {
  expect(await cellsOf('a,b\n5" disk,say "hi"\n1,2,,,\n')).toEqual([
    ['a', 'b'],
    ['5" disk', 'say "hi"'],
    ['1', '2'],
  ]);
});

test('a quote that stays open for longer than a row may be ends the reading where it was opened', async () => {
  const { rows, refused } = await readAll(`a,b\n1,2\n3,"4\n${'lorem ipsum\n'.repeat(200_000)}`);
  expect(rows).toHaveLength(1);
  expect(refused).toMatchObject({
    code: 'QUOTE_NOT_CLOSED',
    row: 3,
    column: 2,
    value: expect.stringMatching(/^"4/),
  });
});
