/** Odd files of SubRip, as programs and people have written them. */
import { expect, test } from 'vitest';
import { cuesOf, read } from './support/read.ts';

const A = [1, 2, 'one'];
const B = [3, 4, 'two'];
const GOOD = '1\n00:00:01,000 --> 00:00:02,000\none\n\n2\n00:00:03,000 --> 00:00:04,000\ntwo\n';

const CASES: [name: string, srt: string, cues: unknown[][]][] = [
  ['as it should be', GOOD, [A, B]],
  ['a mark in front', `\ufeff${GOOD}`, [A, B]],
  ['CR LF', GOOD.replaceAll('\n', '\r\n'), [A, B]],
  ['CR alone', GOOD.replaceAll('\n', '\r'), [A, B]],
  ['blank lines in front', `\n\n\n${GOOD}`, [A, B]],
  ['no line end at the end', GOOD.trimEnd(), [A, B]],
  ['many blank lines between', GOOD.replace('\n\n', '\n\n\n\n\n'), [A, B]],
  ['no numbers', GOOD.replaceAll(/^\d\n/gm, ''), [A, B]],
  ['the same number twice', GOOD.replace('\n2\n', '\n1\n'), [A, B]],
  ['numbers that are none', GOOD.replace('\n2\n', '\n2a\n'), [A, B]],
  ['no blank line between', GOOD.replace('\n\n', '\n'), [A, B]],
  ['no blank line and no numbers', GOOD.replaceAll(/^\d\n/gm, '').replace('\n\n', '\n'), [A, B]],
  ['a blank line within the text', GOOD.replace('one', 'one\n\nmore'), [[1, 2, 'one\nmore'], B]],
  ['a text that is a number', GOOD.replace('one', '42'), [[1, 2, '42'], B]],
  [
    'a text that is a number, and no number',
    '00:00:01,000 --> 00:00:02,000\n42\n00:00:03,000 --> 00:00:04,000\ntwo',
    [[1, 2, '42'], B],
  ],
  ['fields of one digit', '1\n0:0:1,0 --> 0:0:2,0\none\n\n2\n0:0:3,0 --> 0:0:4,0\ntwo\n', [A, B]],
  ['one digit behind the comma is tenths', '1\n00:00:01,5 --> 00:00:02,25\none\n', [[1.5, 2.25, 'one']]],
  ['dots', GOOD.replaceAll(',', '.'), [A, B]],
  ['colons for commas', GOOD.replaceAll(',', ':'), [A, B]],
  ['no fractions', '1\n00:00:01 --> 00:00:02\none\n\n2\n00:00:03 --> 00:00:04\ntwo\n', [A, B]],
  ['no hours', GOOD.replaceAll('00:00:0', '00:0'), [A, B]],
  ['a hundred hours', '1\n100:00:01,000 --> 100:00:02,000\nlate\n', [[360_001, 360_002, 'late']]],
  ['no blanks around the arrow', GOOD.replaceAll(' --> ', '-->'), [A, B]],
  ['a short arrow', GOOD.replaceAll('-->', '->'), [A, B]],
  ['an arrow with a long dash', GOOD.replaceAll('-->', '–>'), [A, B]],
  ['blanks around everything', GOOD.replaceAll(/^(.+)$/gm, '  $1\t '), [A, B]],
  ['coordinates', GOOD.replace('02,000', '02,000  X1:100 X2:600 Y1:400 Y2:450'), [A, B]],
  ['garbage in front', `Downloaded from somewhere\n\n${GOOD}`, [A, B]],
  ['a NUL within', GOOD.replace('one', 'o\0ne'), [A, B]],
  ['a bell and an escape within', GOOD.replace('one', '\u0007on\u001be'), [A, B]],
  ['a cue without text', `1\n00:00:00,000 --> 00:00:00,500\n\n${GOOD.replace('1\n', '2\n')}`, [A, B]],
  ['a cue without text, and no blank line', `1\n00:00:00,000 --> 00:00:00,500\n${GOOD}`, [A, B]],
  ['out of order', GOOD.replace('00:00:03', '00:00:00').replace('04,000', '00,500'), [[0, 0.5, 'two'], A]],
  ['overlapping', GOOD.replace('02,000', '03,500'), [[1, 3.5, 'one'], B]],
  ['both at once', GOOD.replace('03,000', '01,000'), [A, [1, 4, 'two']]],
  ['an end before its start', GOOD.replace('02,000', '00,500'), [B]],
  ['an end at its start', GOOD.replace('02,000', '01,000'), [B]],
  ['a start before the film', GOOD.replace('00:00:01,000', '-00:00:01,000'), [[0, 2, 'one'], B]],
  ['all before the film', GOOD.replace('00:00:01,000 --> 00', '-00:00:02,000 --> -00'), [B]],
  ['tags', GOOD.replace('one', '<i>o<b>n</i>e</b><font color="#ff0000" face=\'x\'></font>'), [A, B]],
  ['tags that are not closed', GOOD.replace('one', '<i>one'), [A, B]],
  ['settings of ASS', GOOD.replace('one', '{\\an8}{\\pos(1,2)}one'), [A, B]],
  ['a break as a tag', GOOD.replace('one', 'one<br/>more<br>last'), [[1, 2, 'one\nmore\nlast'], B]],
  ['a break as in ASS, and a path', GOOD.replace('one', 'see\\NC:\\new'), [[1, 2, 'see\nC:\\new'], B]],
  ['signs that are no tags', GOOD.replace('one', 'I <3 1 < 2 > 0 {x}'), [[1, 2, 'I <3 1 < 2 > 0 {x}'], B]],
  [
    'entities',
    GOOD.replace('one', 'a &amp; b &lt;i&gt; &#39;c&#x27; &unknown;'),
    [[1, 2, "a & b <i> 'c' &unknown;"], B],
  ],
  ['blanks in a row', GOOD.replace('one', '  one \t  more  '), [[1, 2, 'one more'], B]],
];

test.each(CASES)('%s', async (_name, srt, cues) => {
  expect(await cuesOf(srt)).toEqual(cues);
});

test.each([
  ['02,000', '00,500', 'CUE_WITHOUT_LENGTH', 2],
  ['00:00:01,000', '-00:00:01,000', 'TIME_NEGATIVE', 2],
  ['00:00:03', '00:00:00', 'CUES_OUT_OF_ORDER', 6],
  ['00:00:04', '4000:00:04', 'TIME_TOO_LATE', 6],
])('%s for %s is told as %s of line %i', async (from, to, code, line) => {
  const { warnings, kind } = await read(GOOD.replace(from, to));
  expect(kind).toBe('SRT');
  expect(warnings).toContainEqual({ code, line, reason: expect.stringContaining(`line ${line}`) });
});

test('a hundred warnings are told, and how many more there are', async () => {
  const bad = '1\n00:00:02,000 --> 00:00:01,000\nx\n\n'.repeat(150);
  const { warnings } = await read(bad + GOOD);
  expect(warnings).toHaveLength(101);
  expect(warnings.at(-1)).toMatchObject({ code: 'MORE_WARNINGS', reason: expect.stringContaining('51') });
});

test('a text of megabytes is cut, and costs its own cue only', async () => {
  const { cues, warnings } = await read(GOOD.replace('one', 'x'.repeat(2_000_000)));
  expect(cues.map(({ text }) => text.length)).toEqual([4_000, 3]);
  expect(warnings).toMatchObject([{ code: 'CUE_TOO_LONG', line: 2 }]);
});
