/**
 * The free finder of moments on four talks whose good sentences are labelled (test/moments/talks): the share of the time
 * chosen that is good, beside chance (the share of the whole talk) and beside as many clips of the same lengths with
 * even gaps; by words alone, without sound. `heard`: the same with every fourth word wrong and no marks, as a free
 * recogniser gives it; `no lexicon`: as a language of which no words are known. Then how long it takes for three hours.
 * `TALK` names the talks, separated by commas.
 */
import { findMoments } from '../src/features/moments/find/find-moments.ts';
import { chanceOf, evenlySpaced, goodShare } from '../test/moments/good-share.ts';
import { asHeard } from '../test/moments/as-heard.ts';
import { readTalk, spoken, TALKS, type Talk } from '../test/moments/talk.ts';
import { median } from './statistics.ts';

const LIMITS = { minMomentLength: 15, maxMomentLength: 45, minMoments: 3, maxMoments: 5 };
const ONLY = process.env['TALK'];
const THREE_HOURS_OF_WORDS = 30_000;
const ROUNDS = 5;

const find = (talk: Pick<Talk, 'words' | 'sentences' | 'durationSeconds'>, language: string) =>
  findMoments({ ...talk, language, cuts: [], limits: LIMITS });
const percent = (share: number) => `${Math.round(share * 100)} %`.padStart(8);

/** The good share of what is found when the finder is given less. */
const shareOf = (talk: Talk, given: Talk, language: string) =>
  percent(goodShare(talk, find(given, language).moments));

function printTalk(talk: Talk, isHeldOut: boolean): void {
  const { moments } = find(talk, talk.language);
  const [share, chance] = [goodShare(talk, moments), chanceOf(talk)];
  const columns = [
    `${talk.name} (${talk.language})${isHeldOut ? ', held out' : ''}`.padEnd(26),
    (talk.durationSeconds / 60).toFixed(1).padStart(8),
    String(moments.length).padStart(7),
    percent(share),
    percent(chance),
    percent(goodShare(talk, evenlySpaced(talk, moments))),
    (share / chance).toFixed(2).padStart(8),
    shareOf(talk, asHeard(talk), talk.language),
    // As a language of which no words are known.
    shareOf(talk, talk, 'und'),
  ];
  console.log(columns.join(''));
}

function printSpeed(): void {
  const texts = TALKS.map(({ file }) => readTalk(file))
    .filter(({ language }) => language === 'en')
    .flatMap(({ words, sentences }) =>
      sentences.map(({ startWord, endWord }) =>
        words
          .slice(startWord, endWord)
          .map(({ word }) => word)
          .join(' '),
      ),
    );
  const many: string[] = [];
  for (let words = 0, i = 0; words < THREE_HOURS_OF_WORDS; i += 1) {
    const text = texts[i % texts.length] ?? '';
    many.push(text);
    words += text.split(' ').length;
  }
  const talk = spoken(many);
  const seconds = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    find(talk, 'en');
    return (performance.now() - began) / 1_000;
  });
  console.log(
    `${talk.words.length} words, ${(talk.durationSeconds / 3_600).toFixed(1)} hours: ` +
      `${median(seconds).toFixed(2)} s (median of ${ROUNDS}; the slowest ${Math.max(...seconds).toFixed(2)} s)`,
  );
}

console.log(
  `${LIMITS.minMoments} to ${LIMITS.maxMoments} clips of ${LIMITS.minMomentLength} to ${LIMITS.maxMomentLength} s`,
);
console.log(`${'talk'.padEnd(26)} minutes  clips    good  chance  spaced   ratio    heard  no lexicon`);
for (const { file, isHeldOut } of TALKS)
  if (!ONLY || ONLY.split(',').some((name) => file.startsWith(name))) printTalk(readTalk(file), isHeldOut);
printSpeed();
