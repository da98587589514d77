import { expect, test } from 'vitest';
import { cutCues } from '../../src/subtitles/cut-cues.ts';
import type { TimedWord } from '../../src/text/timed-words.ts';
import { LINE_WIDTH, widthOf } from '../../src/subtitles/words/caption-width.ts';
import { captionsOf } from '../../src/subtitles/words/captions.ts';
import { spreadWords } from '../../src/subtitles/words/spread-words.ts';
import { LANGUAGES } from './support/languages.ts';

const spread = (text: string, seconds: number, language?: string) =>
  spreadWords([{ startSeconds: 0, endSeconds: seconds, text }], language);

const word = (text: string, startSeconds: number, endSeconds: number): TimedWord => ({
  word: text,
  startSeconds,
  endSeconds,
});

test('sentences are parted where clauses end, into two even lines', () => {
  const text =
    'When the old lighthouse keeper finally climbed down the stairs, he saw that the sea had taken the boat, the pier and the little house.';
  expect(captionsOf(spread(text, 9)).map((cue) => cue.text)).toEqual([
    'When the old lighthouse keeper\nfinally climbed down the stairs,',
    'he saw that the sea had taken the boat,\nthe pier and the little house.',
  ]);
});

test('short sentences stand beside each other, and others begin a caption', () => {
  expect(
    captionsOf(spread('Wait. No! We have to go back to the harbour now.', 4)).map(({ text }) => text),
  ).toEqual(['Wait. No!', 'We have to go back to the harbour now.']);
});

test.each(LANGUAGES)('%s: a long text in lines that its script can be read in', (language, line) => {
  const text = Array.from({ length: 12 }, () => line).join(' ');
  const words = spread(text, 40, language);
  const cues = captionsOf(words, language);
  for (const cue of cues) {
    const lines = cue.text.split('\n');
    expect(lines.length).toBeLessThanOrEqual(2);
    for (const each of lines) expect(widthOf(each)).toBeLessThanOrEqual(LINE_WIDTH);
  }
  expect(cues.flatMap((cue) => cue.words?.map((one) => one.word))).toEqual(words.map((one) => one.word));
});

test('a Japanese line holds fifteen signs', () => {
  expect(widthOf('あ'.repeat(15))).toBeLessThanOrEqual(LINE_WIDTH);
  expect(widthOf('あ'.repeat(16))).toBeGreaterThan(LINE_WIDTH);
});

test('a caption goes over no pause, lingers a little, and is gone when the next begins', () => {
  const cues = captionsOf([
    word('one', 0, 0.5),
    word('two', 0.6, 1),
    word('three', 3, 3.2),
    word('four.', 3.3, 4),
  ]);
  expect(cues).toMatchObject([
    { startSeconds: 0, endSeconds: 1.35, text: 'one two' },
    { startSeconds: 3, endSeconds: 4.35, text: 'three four.' },
  ]);
  const close = captionsOf([
    word('One.', 0, 0.9),
    word('Two', 1, 1.5),
    word('is', 1.5, 2),
    word('more'.repeat(11), 2, 3),
  ]);
  expect(close[0]?.endSeconds).toBe(1);
});

test('no caption is longer than six seconds, unless a word is', () => {
  const words = Array.from({ length: 20 }, (_, index) => word('slow', index, index + 0.9));
  for (const { startSeconds, endSeconds } of captionsOf(words))
    expect(endSeconds - startSeconds).toBeLessThan(6.5);
});

const TALK = [
  word('before', 0, 1),
  word('half', 1.8, 2.4),
  word('in', 2.4, 2.6),
  word('out.', 2.9, 3.3),
  word('later', 4, 5),
];

test('a clip has captions of the words that are heard in it, from its own start', () => {
  expect(cutCues(TALK, 2, 3)).toEqual([
    {
      startSeconds: 0,
      endSeconds: 0.95,
      text: 'half in',
      words: [word('half', 0, 0.4), word('in', 0.4, 0.6)],
    },
  ]);
});

test('the last caption ends with the clip', () => {
  expect(cutCues(TALK, 2, 3.35).at(-1)).toMatchObject({ text: 'half in out.', endSeconds: 1.35 });
});

test('a clip of silence has no captions', () => {
  expect(cutCues(TALK, 5.5, 9)).toEqual([]);
});
