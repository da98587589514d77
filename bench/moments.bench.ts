/**
 * The free finder of moments on four talks whose good sentences are labelled (test/moments/talks): the share of the time
 * chosen that is good, beside chance (the share of the whole talk) and beside as many clips of the same lengths with
 * even gaps; by words alone, without sound. Then how long it takes for three hours. `TALK` names one talk.
 */
import { findMoments } from '../src/features/moments/find/find-moments.ts';
import { chanceOf, evenlySpaced, goodShare } from '../test/moments/good-share.ts';
import { readTalk, spoken, TALKS, type Talk } from '../test/moments/talk.ts';
import { median } from './statistics.ts';

const LIMITS = { minMomentLength: 15, maxMomentLength: 45, minMoments: 3, maxMoments: 5 };
const ONLY = process.env['TALK'];
const THREE_HOURS_OF_WORDS = 30_000;
const ROUNDS = 5;

const find = (talk: Pick<Talk, 'words' | 'sentences' | 'durationSeconds'>, language: string) =>
  findMoments({ ...talk, language, cuts: [], limits: LIMITS });
const percent = (share: number) => `${Math.round(share * 100)} %`.padStart(8);

function printTalk(talk: Talk, isHeldOut: boolean): void {
  const { moments } = find(talk, talk.language);
  // As a language of which no words are known.
  const free = find(talk, 'und').moments;
  const chance = chanceOf(talk);
  const share = goodShare(talk, moments);
  console.log(
    `${`${talk.name} (${talk.language})${isHeldOut ? ', held out' : ''}`.padEnd(26)}` +
      `${(talk.durationSeconds / 60).toFixed(1).padStart(8)}${String(moments.length).padStart(7)}` +
      `${percent(share)}${percent(chance)}${percent(goodShare(talk, evenlySpaced(talk, moments)))}` +
      `${(share / chance).toFixed(2).padStart(8)}${percent(goodShare(talk, free))}`,
  );
}

function printSpeed(): void {
  const texts = TALKS.map(({ file }) => readTalk(file))
    .filter(({ language }) => language === 'en')
    .flatMap(({ words, sentences }) =>
      sentences.map(({ startWord, endWord }) => words.slice(startWord, endWord).map(({ word }) => word).join(' ')),
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

console.log(`${LIMITS.minMoments} to ${LIMITS.maxMoments} clips of ${LIMITS.minMomentLength} to ${LIMITS.maxMomentLength} s`);
console.log(
  `${'talk'.padEnd(26)} minutes  clips    good  chance  spaced   ratio  without known words, good`,
);
for (const { file, isHeldOut } of TALKS)
  if (!ONLY || ONLY.split(',').some((name) => file.startsWith(name))) printTalk(readTalk(file), isHeldOut);
printSpeed();
