/** Makes what a model chose fit what was asked for. Pure. */
import { counted } from '../../../core/counted.ts';
import type { AskedSentence, SentenceRange } from './part-talk.ts';

/** A part of a talk: its sentences by their places from 0 on, the last included. */
export type Choice = SentenceRange & { title: string; score: number; reason: string };

/** What choices are held to. */
export type Fitting = {
  sentences: readonly AskedSentence[];
  /** Sentences that were asked about. */
  range: SentenceRange;
  minSeconds: number;
  maxSeconds: number;
  least: number;
  most: number;
};

type Fitted = { choices: Choice[]; changes: string[] };

/**
 * The best choices that hold, the best first, and what became of the others in sentences. One that begins before it ends is turned
 * round, one too short begins earlier or ends later, one too long begins later; of two that overlap the better one has what they share.
 */
export function fitChoices(chosen: readonly Choice[], fitting: Fitting): Fitted {
  const counts = { unknown: 0, turned: 0, long: 0, short: 0, same: 0, over: 0, beyond: 0 };
  const taken: Choice[] = [];
  const inRange = (place: number) => place >= fitting.range.first && place <= fitting.range.last;
  const ordered = chosen
    .filter(({ first, last }) => {
      const isKnown = inRange(first) && inRange(last);
      counts.unknown += isKnown ? 0 : 1;
      return isKnown;
    })
    .map((choice) => {
      if (choice.first <= choice.last) return choice;
      counts.turned += 1;
      return { ...choice, first: choice.last, last: choice.first };
    })
    .toSorted((a, b) => b.score - a.score);
  for (const choice of ordered) {
    if (taken.some((other) => isMostlyOver(choice, other))) {
      counts.same += 1;
      continue;
    }
    const own = besides(choice, taken);
    if (own.first !== choice.first || own.last !== choice.last) counts.over += 1;
    const fit = own.first > own.last ? null : withLength(own, taken, fitting);
    if (!fit) {
      counts.short += 1;
      continue;
    }
    if (lengthOf(own, fitting) > fitting.maxSeconds) counts.long += 1;
    if (taken.length < fitting.most) taken.push(fit);
    else counts.beyond += 1;
  }
  return { choices: taken, changes: wordsOf(counts) };
}

const sharedBy = (one: SentenceRange, other: SentenceRange): number =>
  Math.max(0, Math.min(one.last, other.last) - Math.max(one.first, other.first) + 1);

const sizeOf = ({ first, last }: SentenceRange): number => last - first + 1;

const isMostlyOver = (one: SentenceRange, other: SentenceRange): boolean =>
  sharedBy(one, other) * 2 > Math.min(sizeOf(one), sizeOf(other));

/** Without the sentences that better ones have. */
function besides(choice: Choice, taken: readonly Choice[]): Choice {
  let { first, last } = choice;
  for (const other of taken) {
    if (sharedBy({ first, last }, other) === 0) continue;
    if (other.first <= first) first = other.last + 1;
    else last = other.first - 1;
  }
  return { ...choice, first, last };
}

const lengthOf = ({ first, last }: SentenceRange, { sentences }: Fitting): number =>
  (sentences[last]?.endSeconds ?? 0) - (sentences[first]?.startSeconds ?? 0);

/** With sentences before or behind it, or without some at its beginning; null where no length fits. */
function withLength(choice: Choice, taken: readonly Choice[], fitting: Fitting): Choice | null {
  const { minSeconds, maxSeconds, range } = fitting;
  let { first, last } = choice;
  while (lengthOf({ first, last }, fitting) > maxSeconds && first < last) first += 1;
  const isFree = (place: number) =>
    place >= range.first &&
    place <= range.last &&
    !taken.some((each) => each.first <= place && each.last >= place);
  while (lengthOf({ first, last }, fitting) < minSeconds) {
    if (isFree(first - 1) && lengthOf({ first: first - 1, last }, fitting) <= maxSeconds) first -= 1;
    else if (isFree(last + 1) && lengthOf({ first, last: last + 1 }, fitting) <= maxSeconds) last += 1;
    else return null;
  }
  return lengthOf({ first, last }, fitting) > maxSeconds ? null : { ...choice, first, last };
}

type Counts = Record<'unknown' | 'turned' | 'long' | 'short' | 'same' | 'over' | 'beyond', number>;

const WORDS: Readonly<Record<keyof Counts, string>> = {
  unknown: 'with sentences that there are not: left out.',
  turned: 'ended before the beginning: turned round.',
  long: 'too long: begins later.',
  short: 'of no length that was asked for: left out.',
  same: 'the same as a better one: left out.',
  over: 'over a better one: without what they share.',
  beyond: 'more than were asked for: left out.',
};

const wordsOf = (counts: Counts): string[] =>
  (Object.keys(WORDS) as (keyof Counts)[])
    .filter((name) => counts[name] > 0)
    .map((name) => `${counted(counts[name], 'choice')} ${WORDS[name]}`);
