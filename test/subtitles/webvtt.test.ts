/** WebVTT as W3C's own tests have it, in small, and as YouTube writes it. */
import { expect, test } from 'vitest';
import { cuesOf, read } from './support/read.ts';

const A = [1, 2, 'one'];
const CUE = '00:01.000 --> 00:02.000\none';

const CASES: [name: string, vtt: string, cues: unknown[][]][] = [
  ['as it should be', `WEBVTT\n\n${CUE}\n`, [A]],
  ['a mark in front', `\ufeffWEBVTT\n\n${CUE}\n`, [A]],
  ['CR LF', `WEBVTT\r\n\r\n${CUE.replace('\n', '\r\n')}\r\n`, [A]],
  ['CR alone', `WEBVTT\r\r${CUE.replace('\n', '\r')}\r`, [A]],
  ['a title behind the signature', `WEBVTT - of a film\n\n${CUE}`, [A]],
  ['headers', `WEBVTT\nKind: captions\nLanguage: en\n\n${CUE}`, [A]],
  ['no blank line behind the signature', `WEBVTT\n${CUE}`, [A]],
  ['hours', 'WEBVTT\n\n01:00:01.000 --> 01:00:02.000\none', [[3_601, 3_602, 'one']]],
  ['an id', `WEBVTT\n\nsome id\n${CUE}`, [A]],
  ['settings', `WEBVTT\n\n${CUE.replace('\n', ' line:0 position:20% size:60% align:start\n')}`, [A]],
  ['notes', `WEBVTT\n\nNOTE one\nof two lines\n\n${CUE}\n\nNOTE end`, [A]],
  ['style and region', `WEBVTT\n\nSTYLE\n::cue { color: lime }\n\nREGION\nid:fred\nwidth:40%\n\n${CUE}`, [A]],
  ['an arrow ends a cue', `WEBVTT\n\n${CUE}\n00:03.000 --> 00:04.000\ntwo`, [A, [3, 4, 'two']]],
  ['a bad time costs its cue', `WEBVTT\n\n00:00.00 --> 00:01.000\nbad\n\n${CUE}`, [A]],
  ['sixty minutes', `WEBVTT\n\n00:60:00.000 --> 00:61:00.000\nbad\n\n${CUE}`, [A]],
  ['a NUL', `WEBVTT\n\n${CUE.replace('one', 'o\0ne')}`, [A]],
  ['tags', `WEBVTT\n\n${CUE.replace('one', '<i.x>o</i><b>n</b><c.yellow>e</c><lang de></lang>')}`, [A]],
  ['a tag that is none', `WEBVTT\n\n${CUE.replace('one', '<x>one</x>')}`, [A]],
  ['ruby', `WEBVTT\n\n${CUE.replace('one', '<ruby>漢<rt>kan</rt>字<rt>ji</rt></ruby>')}`, [[1, 2, '漢字']]],
  [
    'entities',
    `WEBVTT\n\n${CUE.replace('one', 'a &amp; &lt;b&gt; &#39;c&#x1f600; &amp;lt;')}`,
    [[1, 2, "a & <b> 'c😀 &lt;"]],
  ],
  ['overlapping', `WEBVTT\n\n${CUE}\n\n00:01.500 --> 00:04.000\ntwo`, [A, [1.5, 4, 'two']]],
  ['out of order', `WEBVTT\n\n00:03.000 --> 00:04.000\ntwo\n\n${CUE}`, [A, [3, 4, 'two']]],
  ['an end before its start', `WEBVTT\n\n00:03.000 --> 00:02.500\nbad\n\n${CUE}`, [A]],
  ['nothing that the standard takes', 'WEBVTT\n\n1\n00:00:01,000 --> 00:00:02,000\none', [A]],
];

test.each(CASES)('%s', async (_name, vtt, cues) => {
  expect((await read(vtt)).kind).toBe('WEBVTT');
  expect(await cuesOf(vtt)).toEqual(cues);
});

test('what costs a cue is told with its line', async () => {
  const { warnings } = await read(
    `WEBVTT\n\n00:00.00 --> 00:01.000\nbad\n\n${CUE}\n\n00:03.000 --> 00:02.500\nbad`,
  );
  expect(warnings).toEqual([
    { code: 'TIME_DAMAGED', line: 3, reason: expect.stringContaining('line 3') },
    { code: 'CUE_WITHOUT_LENGTH', line: 9, reason: expect.stringContaining('line 9') },
  ]);
});

test('<v> names who speaks; two voices in a cue are nobody', async () => {
  const voices = '<v.loud Roger Bingham>We are\n\n00:03.000 --> 00:04.000\n<v A>Yes</v> <v B>No</v>';
  const { cues } = await read(`WEBVTT\n\n${CUE.replace('one', voices)}`);
  expect(cues).toEqual([
    { startSeconds: 1, endSeconds: 2, text: 'We are', speaker: 'Roger Bingham' },
    { startSeconds: 3, endSeconds: 4, text: 'Yes No' },
  ]);
});

test('times within a cue give its words, and a time behind a word its pause', async () => {
  const { cues } = await read(
    'WEBVTT\n\n00:01.000 --> 00:03.000\nWell,<00:01.400><c> here</c><00:01.700> <00:02.000>I <00:02.200>am.',
  );
  expect(cues).toMatchObject([{ text: 'Well, here I am.' }]);
  expect(cues[0]?.words).toEqual([
    { word: 'Well,', startSeconds: 1, endSeconds: 1.4 },
    { word: 'here', startSeconds: 1.4, endSeconds: 1.7 },
    { word: 'I', startSeconds: 2, endSeconds: 2.2 },
    { word: 'am.', startSeconds: 2.2, endSeconds: 2.7 },
  ]);
});

test('times of words that go back, or leave the cue, are held to it', async () => {
  const { cues } = await read(
    'WEBVTT\n\n00:01.000 --> 00:02.000\na<00:01.500> b<00:01.200> c<00:09.000> d\n',
  );
  const times = cues[0]?.words?.flatMap(({ startSeconds, endSeconds }) => [startSeconds, endSeconds]) ?? [];
  expect(cues[0]?.words?.map(({ word }) => word)).toEqual(['a', 'b', 'c', 'd']);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect([times[0], times.at(-1)]).toEqual([1, 2]);
});

const ROLLING = `WEBVTT
Kind: captions
Language: en

00:00:00.160 --> 00:00:02.389 align:start position:0%
 
so<00:00:00.480><c> today</c><00:00:00.880><c> we</c>

00:00:02.389 --> 00:00:02.399 align:start position:0%
so today we
 

00:00:02.399 --> 00:00:04.550 align:start position:0%
so today we
talk<00:00:02.879><c> about</c><00:00:03.199><c> cats</c>

00:00:04.550 --> 00:00:04.560 align:start position:0%
talk about cats
 
`;

test('automatic captions that roll say each word once', async () => {
  const { cues } = await read(ROLLING);
  expect(cues.map(({ text }) => text)).toEqual(['so today we', 'talk about cats']);
  expect(
    cues.flatMap(({ words }) => words ?? []).map(({ word, startSeconds }) => [word, startSeconds]),
  ).toEqual([
    ['so', 0.16],
    ['today', 0.48],
    ['we', 0.88],
    ['talk', 2.399],
    ['about', 2.879],
    ['cats', 3.199],
  ]);
});

test('a refrain that is sung again stays, with times of words too', async () => {
  const cues = ['la la', 'la la', 'la<00:02.400> la'].map(
    (text, at) => `00:0${at}.000 --> 00:0${at}.900\n${text}\n`,
  );
  expect(await cuesOf(`WEBVTT\n\n${cues.join('\n')}`)).toHaveLength(3);
});

test('a cue with more tags than any has is cut, and the next is read', async () => {
  const { cues, warnings } = await read(
    `WEBVTT\n\n${CUE}\n${'<c>x</c>'.repeat(500)}\n\n00:03.000 --> 00:04.000\ntwo`,
  );
  expect(cues.map(({ text }) => text)).toEqual(['one', 'two']);
  expect(warnings).toMatchObject([{ code: 'CUE_TOO_LONG', line: 5 }]);
});
