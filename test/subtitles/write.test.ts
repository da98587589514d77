import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cue } from '../../src/subtitles/cue.ts';
import { captionsOf } from '../../src/subtitles/words/captions.ts';
import { sentencesOf } from '../../src/subtitles/words/sentences.ts';
import { spreadWords } from '../../src/subtitles/words/spread-words.ts';
import { writeSrt } from '../../src/subtitles/write/write-srt.ts';
import { writeTranscriptJson, writeTranscriptText } from '../../src/subtitles/write/write-transcript.ts';
import { writeWebVtt } from '../../src/subtitles/write/write-webvtt.ts';
import { tidyText } from '../../src/subtitles/read/lines.ts';
import { cleanText } from '../../src/core/outside-text.ts';
import { read } from './support/read.ts';

const WRITERS = { SRT: writeSrt, WEBVTT: writeWebVtt, JSON: writeTranscriptJson };

/** What readers might take for something else. */
const awkward = fc.constantFrom(
  '<i>',
  '</b>',
  '&amp;',
  '&#65;',
  '-->',
  '{\\an8}',
  '\\N',
  '42',
  '<3',
  '<v A>',
  'NOTE',
  '\n00:00:01,000 --> 00:00:02,000',
  '\u2028',
  '[br]',
  '\n0:00:01.000,0:00:02.000',
  '<00:01.000>',
  '漢字',
  'ผม',
  '\n',
);
const text = fc
  .array(fc.oneof(awkward, fc.string({ unit: 'binary', maxLength: 8 })), { minLength: 1, maxLength: 6 })
  .map((parts) => tidyText(cleanText(`x${parts.join(' ')}`)));
const cue = fc
  .tuple(fc.integer({ min: 0, max: 400_000_000 }), fc.integer({ min: 1, max: 9_000 }), text)
  .map(([start, length, said]): Cue => ({
    startSeconds: start / 1_000,
    endSeconds: (start + length) / 1_000,
    text: said,
  }));
const cues = fc
  .array(cue, { minLength: 1, maxLength: 6 })
  .map((list) => list.toSorted((one, other) => one.startSeconds - other.startSeconds));

test.each(Object.entries(WRITERS))('%s: what is written is read, whatever the text', async (kind, write) => {
  await fc.assert(
    fc.asyncProperty(cues, async (list) => {
      const { warnings, ...found } = await read(write(list));
      expect(found.kind).toBe(kind);
      expect(byTimes(found.cues)).toEqual(byTimes(list));
      expect(warnings.filter(({ code }) => code !== 'CHARACTER_DAMAGED')).toEqual([]);
    }),
    { numRuns: 120 },
  );
});

/** Readers keep the order of those that begin together, the standard's own parser does not. */
const byTimes = (list: readonly Cue[]) =>
  list.toSorted(
    (one, other) =>
      one.startSeconds - other.startSeconds ||
      one.endSeconds - other.endSeconds ||
      (one.text < other.text ? -1 : 1),
  );

const said = fc.array(fc.constantFrom('Well,', 'I', 'think', 'so.', '“No!”', 'a&b', '<c>', 'wonderful'), {
  minLength: 1,
  maxLength: 40,
});

test('WebVTT: words keep their times to the millisecond, and the speaker his name', async () => {
  await fc.assert(
    fc.asyncProperty(said, fc.integer({ min: 1_000, max: 20_000 }), async (parts, length) => {
      const spoken = [
        { startSeconds: 1, endSeconds: 1 + length / 1_000, text: parts.join(' '), speaker: 'A & B' },
      ];
      const captions = captionsOf(spreadWords(spoken, 'en'), 'en');
      const { cues: found } = await read(writeWebVtt(captions));
      expect(found).toEqual(captions);
    }),
    { numRuns: 80 },
  );
});

test('WebVTT: times of words rise, and none is outside of its cue', () => {
  const words = [
    { word: 'a', startSeconds: 1, endSeconds: 1 },
    { word: 'b', startSeconds: 1, endSeconds: 2 },
    { word: 'c', startSeconds: 2, endSeconds: 2 },
    { word: 'd', startSeconds: 2, endSeconds: 3 },
  ];
  expect(writeWebVtt([{ startSeconds: 1, endSeconds: 3, text: 'a b\nc d', words }])).toBe(
    'WEBVTT\n\n00:00:01.000 --> 00:00:03.000\na b<00:00:02.000>\nc d\n',
  );
});

test('a cue whose words are not its text is written without their times', () => {
  const words = [{ word: 'other', startSeconds: 1, endSeconds: 2 }];
  expect(writeWebVtt([{ startSeconds: 1, endSeconds: 3, text: 'text', words }])).not.toContain('<');
});

test('JSON keeps all: words, speakers, and spaces that a script puts seldom', async () => {
  const captions = captionsOf(
    spreadWords([{ startSeconds: 0, endSeconds: 6, text: 'ผมชอบกินข้าว กับกาแฟ', speaker: 'ก' }], 'th'),
    'th',
  );
  expect(captions[0]?.words?.some(({ isSpaced }) => isSpaced)).toBe(true);
  expect((await read(writeTranscriptJson(captions, 'th'))).cues).toEqual(captions);
});

test('plain text: a sentence a line, and a paragraph after a silence', () => {
  const words = spreadWords([
    { startSeconds: 0, endSeconds: 2, text: 'One two. Three.' },
    { startSeconds: 9, endSeconds: 10, text: 'Four.' },
  ]);
  expect(writeTranscriptText(sentencesOf(words))).toBe('One two.\nThree.\n\nFour.\n');
});

test('nothing is written of nothing', () => {
  expect([writeSrt([]), writeWebVtt([]), writeTranscriptText([])]).toEqual(['', 'WEBVTT\n', '']);
});
