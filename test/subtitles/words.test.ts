import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cue } from '../../src/subtitles/cue.ts';
import { joined } from '../../src/text/joined.ts';
import { readSubtitles } from '../../src/subtitles/read-subtitles.ts';
import { spokenText } from '../../src/subtitles/words/spoken.ts';
import { spreadWords } from '../../src/subtitles/words/spread-words.ts';
import { LANGUAGES } from './support/languages.ts';

const cue = (startSeconds: number, endSeconds: number, text: string): Cue => ({
  startSeconds,
  endSeconds,
  text,
});
const wordsOf = (text: string, language?: string) =>
  spreadWords([cue(0, 5, text)], language).map(({ word }) => word);

test.each(LANGUAGES)('%s: %s', (language, text, words) => {
  expect(wordsOf(text, language)).toEqual(words.split('|'));
});

test.each(LANGUAGES)('%s: its words joined are the text', (language, text) => {
  expect(joined(spreadWords([cue(0, 5, text)], language))).toBe(text);
});

test.each([
  ['[MUSIC]', ''],
  ['[door closes] Who is it?', 'Who is it?'],
  ['♪ La la la ♪', 'La la la'],
  ['♪♪', ''],
  ['(laughs)', ''],
  ['- Yes.\n- (SIGHS) No.', 'Yes.\nNo.'],
  ['（笑）\nはい', 'はい'],
  ['Yes. (laughs)', 'Yes.'],
  ['(whispering) Come in.', 'Come in.'],
  ['Dr. Park. (laughs softly) The end.', 'Dr. Park. The end.'],
  ['He came home (alone)', 'He came home (alone)'],
  ['It was (so they say) true.', 'It was (so they say) true.'],
  ['*coughs* Well', 'Well'],
  ['2*3*4', '2*3*4'],
])('%j is said as %j', (text, spoken) => {
  expect(spokenText(text)).toBe(spoken);
});

test('words take time by their letters, with pauses at marks', () => {
  const words = spreadWords([cue(10, 12, 'Well, extraordinarily so. Yes!')]);
  const lengths = words.map(({ startSeconds, endSeconds }) => endSeconds - startSeconds);
  expect(lengths[1]).toBeGreaterThan(3 * lengths[0]!);
  const gaps = words.slice(1).map(({ startSeconds }, index) => startSeconds - words[index]!.endSeconds);
  expect(gaps[0]).toBeGreaterThan(0.05);
  expect(gaps[1]).toBe(0);
  expect(gaps[2]).toBeGreaterThan(gaps[0]!);
  expect(words[0]!.startSeconds).toBe(10);
  expect(words.at(-1)!.endSeconds).toBeCloseTo(12, 2);
  expect(words.every(({ isSpread }) => isSpread)).toBe(true);
});

test('nobody says “Yes.” for ten seconds', () => {
  expect(spreadWords([cue(0, 10, 'Yes.')])[0]!.endSeconds).toBeLessThan(1);
});

test('words that the file has keep their times, and those of a description are none', () => {
  const words = [
    { word: '[door', startSeconds: 0, endSeconds: 0.2 },
    { word: 'closes]', startSeconds: 0.2, endSeconds: 0.4 },
    { word: 'Hi', startSeconds: 0.5, endSeconds: 0.7 },
  ];
  expect(spreadWords([{ ...cue(0, 1, '[door closes] Hi'), words, speaker: 'Ann' }])).toEqual([
    { word: 'Hi', startSeconds: 0.5, endSeconds: 0.7, isSpread: false, cue: 0, speaker: 'Ann' },
  ]);
});

test('an overlapped cue ends for its words when the next begins, and two at once share their time', () => {
  const words = spreadWords([cue(0, 9, 'one two'), cue(2, 4, 'three'), cue(2, 4, 'four')]);
  expect(words[1]!.endSeconds).toBeLessThanOrEqual(2);
  expect(words[2]).toMatchObject({ word: 'three', startSeconds: 2 });
  expect(words[3]!.startSeconds).toBeGreaterThan(2.5);
  expect(words[3]!.endSeconds).toBeLessThanOrEqual(4);
});

const anyCue = fc
  .tuple(
    fc.integer({ min: 0, max: 20_000 }),
    fc.integer({ min: 1, max: 9_000 }),
    fc.string({ unit: 'grapheme' }),
  )
  .map(([start, length, text]) => cue(start / 1_000, (start + length) / 1_000, text));

test('whatever the cues are: in order, none before the last ends, none outside of its cue', () => {
  fc.assert(
    fc.property(fc.array(anyCue, { maxLength: 12 }), (cues) => {
      const sorted = cues.toSorted((one, other) => one.startSeconds - other.startSeconds);
      let latest = 0;
      for (const { startSeconds, endSeconds } of spreadWords(sorted, 'th')) {
        expect(startSeconds).toBeGreaterThanOrEqual(latest);
        expect(endSeconds).toBeGreaterThanOrEqual(startSeconds);
        expect(sorted.some((one) => one.startSeconds <= startSeconds && endSeconds <= one.endSeconds)).toBe(
          true,
        );
        latest = endSeconds;
      }
    }),
    { numRuns: 150 },
  );
});

test('words of a piece that has one time for several are told as spread, and those with their own are not', async () => {
  const vtt = 'WEBVTT\n\n00:01.000 --> 00:04.000\nOne <00:02.000>two <00:03.000>three four\n';
  const { cues } = await readSubtitles(Buffer.from(vtt));
  const spread = spreadWords(cues).map(({ word, isSpread }) => [word, isSpread]);
  expect(spread).toEqual([
    ['One', false],
    ['two', false],
    ['three', true],
    ['four', true],
  ]);
});

test('a damaged character is told in its line, whatever ends lines', async () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const text = ['1', '00:00:01,000 --> 00:00:02,000', 'Hi \ufffd', ''].join(end);
    expect((await readSubtitles(Buffer.from(text))).warnings).toMatchObject([{ line: 3 }]);
  }
});
