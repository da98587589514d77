/** How timed words become captions; what they look like on a film is held by `cut-captions.long.test.ts`. */
import { expect, test } from 'vitest';
import { writeAss } from '../../src/media/captions/ass.ts';
import { captionLines } from '../../src/media/captions/caption-lines.ts';
import { safeZone } from '../../src/media/captions/safe-zone.ts';
import { CAPTION_STYLES } from '../../src/media/captions/styles.ts';
import { wordsOfClip } from '../../src/media/captions/clip-words.ts';
import { cutCues } from '../../src/subtitles/cut-cues.ts';
import type { TimedWord } from '../../src/text/timed-words.ts';

const TALL = { width: 1080, height: 1920 };

/** Words of 0.3 s, one after another. */
const said = (text: string) =>
  text.split(' ').map((word, place) => ({ word, startSeconds: place * 0.3, endSeconds: place * 0.3 + 0.3 }));

const textOf = (captions: ReturnType<typeof captionLines>) =>
  captions.map(({ lines }) => lines.map((line) => line.map(({ word }) => word).join(' ')).join('\n'));

test('captions are at most two lines that fit, and end with their sentence', () => {
  const words = said('One two three four five six seven. Eight nine ten');
  const captions = captionLines(words, CAPTION_STYLES.LINE, 10, 60);
  expect(textOf(captions)).toEqual(['One two three four\nfive six seven.', 'Eight nine ten']);
});

test('a caption ends at a pause, lingers a little, and never beyond the next one or the clip', () => {
  const words = said('a b c');
  const [first, second, third] = words.map((word, place) => ({
    ...word,
    startSeconds: place * 2,
    endSeconds: place * 2 + 1,
  }));
  const captions = captionLines(
    [first, second, third].filter((word) => word !== undefined),
    CAPTION_STYLES.LINE,
    12,
    5.1,
  );
  expect(captions.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
    [0, 1.35],
    [2, 3.35],
    [4, 5.1],
  ]);
});

test('a word that is too long for a line is set smaller', () => {
  const [caption] = captionLines(said('Donaudampfschifffahrtsgesellschaft'), CAPTION_STYLES.LINE, 10, 60);
  expect(caption?.scale).toBeLessThan(0.75);
});

test('words that are heard in the clip are on its clock; those at its edges are cut, others left out', () => {
  const words = wordsOfClip(
    [
      { word: 'late', startSeconds: 11.5, endSeconds: 12.25 },
      { word: 'before', startSeconds: 8, endSeconds: 11.5 },
      { word: 'after', startSeconds: 11.5, endSeconds: 12.5 },
      { word: ' in\nside ', startSeconds: 10.5, endSeconds: 11 },
      { word: '\u0007', startSeconds: 10.6, endSeconds: 11 },
    ],
    10,
    12,
  );
  expect(words).toEqual([
    { word: 'in side', startSeconds: 0.5, endSeconds: 1 },
    { word: 'late', startSeconds: 1.5, endSeconds: 2 },
  ]);
});

test('a clip’s subtitles have the words that are burnt into it, of two clips that meet each word in one', () => {
  const talk: TimedWord[] = Array.from({ length: 40 }, (_, place) => ({
    word: `w${place}`,
    startSeconds: place * 0.37,
    endSeconds: place * 0.37 + 0.36,
  }));
  const clips = [0, 4, 5.1, 9.05, 20]
    .map((end, place, ends) => [ends[place - 1] ?? 0, end] as const)
    .slice(1);
  const burnt = clips.flatMap(([from, to]) => wordsOfClip(talk, from, to));
  const written = clips.flatMap(([from, to]) => cutCues(talk, from, to).flatMap(({ words }) => words ?? []));
  expect(burnt.map(({ word }) => word)).toEqual(talk.map(({ word }) => word));
  expect(written.map(({ word }) => word)).toEqual(talk.map(({ word }) => word));
});

/** The first caption, without its commands. */
const burntText = (words: TimedWord[]) =>
  /,,0,0,0,,(.*)\n/.exec(writeAss(words, 'LINE', TALL, 9)?.text ?? '')?.[1]?.replaceAll(/\{[^}]*\}/g, '');

test('captions have a space where the script has one', () => {
  expect(burntText(said('one two !'))).toBe('one two!');
  expect(burntText(said('「漢字」 かな'))).toBe('「漢字」かな');
});

test('the zone of a tall frame is the one that players leave free', () => {
  expect(safeZone(TALL)).toMatchObject({ left: 120, right: 888, top: 288, bottom: 1248 });
});

test('commands in words are words', () => {
  const ass = writeAss(said(String.raw`{\pos(1,1)}a b\Nc`), 'LINE', TALL, 5);
  expect(ass?.text).toContain('\\{\\\u2060pos(1,1)\\}a');
  expect(ass?.text).toContain('b\\\u2060Nc');
});

test('a script has a face of its own, and no words or no style have no captions', () => {
  expect(writeAss(said('Hi שלום'), 'KARAOKE', TALL, 5)?.faces).toEqual(['Inter Bold', 'Hebrew']);
  expect(writeAss(said('漢字 かな'), 'LINE', TALL, 5)?.faces).toContain('Zen Maru');
  expect(writeAss(said('这个问题'), 'LINE', TALL, 5)?.faces).toContain('XiaoWei');
  expect(writeAss([], 'LINE', TALL, 5)).toBeNull();
  expect(writeAss(said('Hi'), 'NONE', TALL, 5)).toBeNull();
});
