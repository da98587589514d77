import { expect, test } from 'vitest';
import type { TimedWord } from '../../src/text/timed-words.ts';
import { spreadWords } from '../../src/subtitles/words/spread-words.ts';
import { sentencesOf } from '../../src/subtitles/words/sentences.ts';
import { PARAGRAPHS } from './support/paragraphs.ts';

const spread = (text: string, language?: string, seconds = 20) =>
  spreadWords([{ startSeconds: 0, endSeconds: seconds, text }], language);
const textsOf = (words: readonly TimedWord[], language?: string) =>
  sentencesOf(words, { language }).map(({ text }) => text);

/** Words without marks, `0.2` s each and as long apart as is said. */
function said(text: string, gaps: Record<number, number> = {}): TimedWord[] {
  let at = 0;
  return text.split(' ').map((word, index) => {
    at += gaps[index] ?? 0.05;
    const start = at;
    at += 0.2;
    return { word, startSeconds: start, endSeconds: at };
  });
}

test.each(PARAGRAPHS)('%s: %j', (language, sentences) => {
  const separator = /ja|zh/.test(language) ? '' : ' ';
  expect(textsOf(spread(sentences.join(separator), language), language)).toEqual(sentences);
});

test('each word is in one sentence, with its times', () => {
  const words = spread('One two. Three four? Five.');
  const sentences = sentencesOf(words);
  expect(sentences.map(({ from, to }) => [from, to])).toEqual([
    [0, 2],
    [2, 4],
    [4, 5],
  ]);
  expect(sentences[1]).toMatchObject({
    startSeconds: words[2]!.startSeconds,
    endSeconds: words[3]!.endSeconds,
  });
});

test('without marks, pauses end sentences', () => {
  const words = said('so today we talk about cats and then dogs', { 6: 0.7 });
  expect(textsOf(words)).toEqual(['so today we talk about cats', 'and then dogs']);
});

test('Thai has no marks: pauses that were measured part it', () => {
  const words = spread('ผมไปตลาดแล้วซื้อปลา กลับบ้านตอนเย็น', 'th', 6);
  const home = words.findIndex(({ word }) => word === 'กลับ');
  const middle = (words[home - 1]!.endSeconds + words[home]!.startSeconds) / 2;
  const pauses = [{ startSeconds: middle - 0.4, endSeconds: middle + 0.4 }];
  expect(sentencesOf(words, { language: 'th', pauses }).map(({ text }) => text)).toEqual([
    'ผมไปตลาดแล้วซื้อปลา',
    'กลับบ้านตอนเย็น',
  ]);
});

test('without marks, a change of the picture between two words ends a sentence, and one within a word does not', () => {
  const words = said('one two three four five', { 2: 0.3 });
  const cuts = [words[2]!.startSeconds - 0.1, (words[4]!.startSeconds + words[4]!.endSeconds) / 2];
  expect(sentencesOf(words, { cuts }).map(({ text }) => text)).toEqual(['one two', 'three four five']);
});

test('with marks, a short pause ends no sentence, and a long one does', () => {
  const words = said('We went home. And then we slept.', { 1: 0.8, 5: 2.5 });
  expect(textsOf(words)).toEqual(['We went home.', 'And then', 'we slept.']);
});

test('another speaker begins another sentence', () => {
  const words = said('yes no').map((word, index) => ({ ...word, speaker: index === 0 ? 'A' : 'B' }));
  expect(textsOf(words)).toEqual(['yes', 'no']);
});

test('an hour without marks or pauses becomes sentences that a caption, or a moment, can be made of', () => {
  const words = said('word '.repeat(10_000).trim());
  const sentences = sentencesOf(words);
  expect(Math.max(...sentences.map(({ from, to }) => to - from))).toBeLessThanOrEqual(80);
  expect(sentences.at(0)?.from).toBe(0);
  expect(sentences.every(({ from }, index) => index === 0 || sentences[index - 1]!.to === from)).toBe(true);
  expect(sentences.at(-1)?.to).toBe(words.length);
});

test('no words are no sentences', () => {
  expect(sentencesOf([])).toEqual([]);
});

test.each([undefined, 'und'])('without a language, %s, abbreviations are those of English', (language) => {
  const words = ['Dr.', 'Smith', 'came.', 'He', 'left.'].map((word, index) => ({
    word,
    startSeconds: index,
    endSeconds: index + 1,
  }));
  expect(sentencesOf(words, { language }).map(({ text }) => text)).toEqual(['Dr. Smith came.', 'He left.']);
});
