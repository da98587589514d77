import { expect, test } from 'vitest';
import { findMoments } from '../../src/features/moments/find/find-moments.ts';
import type { FinderInput } from '../../src/features/moments/find/finder-input.ts';
import { asHeard } from './as-heard.ts';
import { chanceOf, evenlySpaced, goodShare } from './good-share.ts';
import { readTalk, spoken, TALKS, type Talk } from './talk.ts';

const LIMITS = { minMomentLength: 15, maxMomentLength: 45, minMoments: 3, maxMoments: 5 };

type Given = Omit<FinderInput, 'cuts' | 'limits' | 'language'>;

const find = (given: Given, more: Partial<FinderInput> = {}) =>
  findMoments({ ...given, cuts: [], limits: LIMITS, language: 'en', ...more });

const talk = (name: string): Talk => readTalk(TALKS.find(({ file }) => file.startsWith(name))?.file ?? '');

const textOf = ({ words }: Given, { startWord, endWord }: { startWord: number; endWord: number }) =>
  words
    .slice(startWord, endWord)
    .map(({ word }) => word)
    .join(' ');

/** A talk about nothing, in which a stretch stands out. */
const DULL = Array.from(
  { length: 30 },
  (_, i) => `Item ${'abcdefghij'[i % 10]} of the list is on the next slide here.`,
);
const around = (stretch: readonly string[]) => spoken([...DULL, ...stretch, ...DULL]);

test.each(['bridges', 'bakery'])('what is chosen of %s is good 1.6 times as often as chance', (name) => {
  const given = talk(name);
  const { moments } = find(given);
  expect(goodShare(given, moments) / chanceOf(given)).toBeGreaterThan(1.6);
});

test.each(TALKS)('what is chosen of $file is better than clips that are evenly spaced', ({ file }) => {
  const given = readTalk(file);
  const { moments } = find(given, { language: given.language });
  expect(goodShare(given, moments)).toBeGreaterThan(goodShare(given, evenlySpaced(given, moments)));
});

test('a talk without marks, with a quarter of its words wrong, is still better than chance', () => {
  const given = talk('bridges');
  expect(goodShare(given, find(asHeard(given)).moments) / chanceOf(given)).toBeGreaterThan(1.3);
});

test('a story stands out of a list, and its reasons say by what words', () => {
  const given = around([
    'One night my father woke me and said, "Get up, we are leaving forever."',
    'I was nine years old, and I had never seen him cry before.',
    'We ran through the snow, and my brother lost his shoe, and nobody laughed.',
    'That is why I never lock my door at night.',
  ]);
  const [best] = find(given).moments;
  if (!best) throw new Error('nothing found');
  expect(textOf(given, best)).toContain('One night my father');
  const reasons = new Map(best.reasons.map(({ feature, ...reason }) => [feature, reason]));
  expect(reasons.get('STORY')?.evidence).toMatch(/one night.*my father/u);
  expect(reasons.get('STORY')?.points).toBeGreaterThan(0);
  expect(best.reasons.map(({ points }) => Math.abs(points))).toEqual(
    best.reasons.map(({ points }) => Math.abs(points)).toSorted((a, b) => b - a),
  );
});

const PLAIN = Array.from(
  { length: 40 },
  (_, i) => `The ${'river stone cloud field'.split(' ')[i % 4]} lies there as it lies.`,
);

test('applause and a raised voice are reasons, and choose between words that are alike', () => {
  const given = spoken(PLAIN);
  const [from, to] = [60, 80];
  const values = Array.from({ length: Math.ceil(given.durationSeconds) }, (_, s) =>
    s >= from && s < to ? -12 : -24,
  );
  const { moments } = find(given, {
    loudness: { stepSeconds: 1, values },
    reactions: [{ startSeconds: to - 1, endSeconds: to + 2, kind: 'APPLAUSE' }],
  });
  const [best] = moments;
  expect(best?.startSeconds).toBeLessThan(to);
  expect(best?.endSeconds).toBeGreaterThan(from);
  expect(best?.reasons).toContainEqual(
    expect.objectContaining({ feature: 'REACTION', evidence: 'APPLAUSE' }),
  );
  expect(best?.reasons.find(({ feature }) => feature === 'ENERGY')?.points).toBeGreaterThan(0);
});

test('words that somebody says keep house count against a stretch', () => {
  const given = talk('bridges');
  const [before] = find(given).moments;
  if (!before) throw new Error('nothing found');
  const own = textOf(given, before)
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 3);
  // All that find room, so that the stretch is found again however low it falls.
  const wide = { ...LIMITS, minMoments: 100, maxMoments: 100 };
  const scoreOf = (frameWords: readonly string[]) =>
    Math.max(
      ...find(given, { limits: wide, frameWords })
        .moments.filter((m) => m.startWord <= before.startWord && before.startWord < m.endWord)
        .map(({ score }) => score),
    );
  expect(scoreOf(own)).toBeGreaterThan(-Infinity);
  expect(scoreOf(own)).toBeLessThan(scoreOf([]));
});

test('what was told once is not chosen twice, unless the floor asks for it', () => {
  const story = [
    'One night my father woke me and said, "Get up, the harbour burns."',
    'I was nine, and I had never seen the harbour burn or my father cry before.',
    'We ran to the harbour, and my brother lost his shoe, and nobody laughed.',
  ];
  const given = spoken([...DULL, ...story, ...DULL, ...story, ...DULL]);
  const times = (minMoments: number) =>
    find(given, {
      limits: { ...LIMITS, maxMomentLength: 20, minMoments, maxMoments: Math.max(2, minMoments) },
    }).moments.filter((moment) => textOf(given, moment).includes('my father cry')).length;
  expect(times(1)).toBe(1);
  expect(times(14)).toBe(2);
});

test.each([
  ['en-GB', 'en'],
  ['eng', 'en'],
  ['es-MX', 'es'],
  ['ger', 'de'],
  ['fr', null],
  ['', null],
])('a transcript in "%s" is read with the words of %s', (language, lexicon) => {
  expect(find(talk('bridges'), { language }).lexicon).toBe(lexicon);
});

test('in a language without known words it goes by what needs none', () => {
  const { moments } = find(talk('fahrplan'), { language: 'fi' });
  const features = new Set(moments.flatMap(({ reasons }) => reasons.map(({ feature }) => feature)));
  expect(moments.length).toBeGreaterThanOrEqual(LIMITS.minMoments);
  for (const feature of ['CLAIMS', 'FEELING', 'FILLERS', 'FRAME_WORDS', 'PERSON'] as const)
    expect(features).not.toContain(feature);
});

test('fewer than asked for are found with the reason', () => {
  const short = spoken(['This is all there is to say.']);
  expect(find(short)).toMatchObject({ moments: [], shortfall: 'VIDEO_TOO_SHORT' });
  expect(find({ words: [], sentences: [], durationSeconds: 600 })).toMatchObject({
    moments: [],
    shortfall: 'NO_WORDS',
  });
  const minute = spoken(PLAIN.slice(0, 20));
  const many = { ...LIMITS, minMoments: 50, maxMoments: 60 };
  expect(find(minute, { limits: many })).toMatchObject({ shortfall: 'NO_ROOM' });
});

test('one endless sentence is parted at its pauses', () => {
  const given = talk('bridges');
  const endless = { ...given, sentences: [{ startWord: 0, endWord: given.words.length }] };
  const { moments } = find(endless);
  expect(moments.length).toBeGreaterThanOrEqual(LIMITS.minMoments);
  // Those of the talk, at which alone the speaker pauses so long.
  const starts = new Set(given.sentences.map(({ startWord }) => startWord));
  expect(moments.filter(({ startWord }) => !starts.has(startWord))).toEqual([]);
});

test('without sentences there are moments all the same, and none ends outside the video', () => {
  const given = talk('bakery');
  const { moments } = find({ ...given, sentences: [], durationSeconds: 100 });
  expect(moments.length).toBeGreaterThan(0);
  expect(moments.filter(({ endSeconds }) => endSeconds > 100)).toEqual([]);
});
