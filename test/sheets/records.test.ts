/** Where what is read at a time ends is of no matter. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { readRecords } from '../../src/sheets/csv/records.ts';
import { linesOf } from '../../src/sheets/json-lines/lines.ts';
import { LIMITS } from '../../src/sheets/limits.ts';
import { SheetRefused } from '../../src/sheets/problem.ts';

const piece = fc.constantFrom(
  '"',
  '""',
  ',',
  '\n',
  '\r',
  '\r\n',
  'a',
  'bc',
  ' ',
  'é',
  '😀',
  '"x"',
  ',"',
  '",',
  '\n\n',
  'long '.repeat(9),
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

async function all(
  read: (texts: AsyncIterable<string>) => AsyncIterable<unknown[]>,
  texts: readonly string[],
) {
  const found: unknown[] = [];
  try {
    for await (const batch of read(given(texts))) found.push(...batch);
  } catch (error) {
    if (!(error instanceof SheetRefused)) throw error;
    found.push(error.problem);
  }
  return found;
}

async function* given(texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

const READERS = [
  ['CSV', (texts: AsyncIterable<string>) => readRecords(texts, ',')],
  ['JSON Lines', linesOf],
] as const;

test.each(READERS)(
  '%s: in pieces, the same rows with the same numbers are read as in one',
  async (_name, read) => {
    const property = fc.asyncProperty(text, async (whole) => {
      expect(await all(read, Array.from(whole))).toEqual(await all(read, [whole]));
    });
    await fc.assert(property, { numRuns: 400 });
  },
);

const MOST = 20;
const LARGE = [
  'x'.repeat(60),
  `"${'y\n'.repeat(40)}"`,
  `a,"${'""'.repeat(30)}\r\n",b`,
  ','.repeat(50),
  `"${'z'.repeat(70)}",é`,
];
const row = fc.oneof(
  fc
    .constantFrom(['a', 'b'], ['é', '1'], ['"', '2'])
    .map((cells) => ({ cells, line: `"${cells[0].replace('"', '""')}",${cells[1]}` })),
  fc.constantFrom(...LARGE).map((line) => ({ cells: [], line })),
  fc.constant({ cells: null, line: '' }),
);

test('a row that is too large costs itself only, and its end may be cut anywhere', async () => {
  const limit = vi.spyOn(LIMITS, 'rowBytes', 'get').mockReturnValue(MOST);
  const ends = fc.constantFrom('\n', '\r\n', '\r');
  const property = fc.asyncProperty(
    fc.array(row, { maxLength: 8 }),
    ends,
    fc.integer({ min: 1, max: 5 }),
    async (rows, end, size) => {
      const whole = rows.map(({ line }) => line + end).join('');
      const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
        whole.slice(index * size, (index + 1) * size),
      );
      const read = await all((texts) => readRecords(texts, ','), pieces);
      expect(read).toMatchObject(
        rows.flatMap(({ cells }, index) => {
          if (cells === null) return [];
          const problems = cells.length === 0 ? [{ code: 'ROW_TOO_LARGE', row: index + 1 }] : [];
          return [{ rowNumber: index + 1, cells, problems }];
        }),
      );
    },
  );
  await fc.assert(property, { numRuns: 400 });
  limit.mockRestore();
});
