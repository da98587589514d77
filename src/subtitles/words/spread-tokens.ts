/** Words over a time that is known as a whole: by their letters, with pauses at their marks. */
import type { TimedWord } from '../../text/timed-words.ts';
import { toMilliseconds } from '../cue.ts';
import type { Token } from './tokens.ts';

/** In letters of a script with an alphabet. A sign of Chinese or Japanese is a syllable or two; a digit is a word. */
const WEIGHT_OF_SIGN = 2.5;
const WEIGHT_OF_DIGIT = 3;
/** In letters too: how long a voice waits. */
const PAUSE_AT_STOP = 5;
const PAUSE_AT_COMMA = 2.5;

/** Slower than this nobody speaks: what is left of the cue's time is silence. */
const SLOWEST_SECONDS_PER_LETTER = 0.25;

const SIGNS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const DIGITS = /\p{Nd}/gu;
const LETTERS = /\p{L}/gu;
const STOP = /[.!?…؟۔。！？।॥]["'”’»)\]」』\s]*$/u;
const COMMA = /[,;:–—،؛、，；：]["'”’»)\]」』\s]*$/u;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** How long a word takes, in letters; at least one. */
export function weightOf(word: string): number {
  const signs = count(word, SIGNS);
  const letters = count(word, LETTERS) - signs + signs * WEIGHT_OF_SIGN;
  return Math.max(1, letters + count(word, DIGITS) * WEIGHT_OF_DIGIT);
}

const pauseAfter = (word: string): number =>
  STOP.test(word) ? PAUSE_AT_STOP : COMMA.test(word) ? PAUSE_AT_COMMA : 0;

/** The words with times between start and end: none before the other, none outside. */
export function spreadTokens(
  tokens: readonly Token[],
  startSeconds: number,
  endSeconds: number,
): TimedWord[] {
  const weights = tokens.map(({ word }) => weightOf(word));
  const pauses = tokens.map(({ word }, index) => (index < tokens.length - 1 ? pauseAfter(word) : 0));
  const all = [...weights, ...pauses].reduce((sum, weight) => sum + weight, 0);
  const perLetter = Math.min((endSeconds - startSeconds) / Math.max(1, all), SLOWEST_SECONDS_PER_LETTER);
  let passed = 0;
  const at = () => Math.min(endSeconds, toMilliseconds(startSeconds + passed * perLetter));
  return tokens.map((token, index) => {
    const start = at();
    passed += weights[index]!;
    const end = at();
    passed += pauses[index]!;
    return { ...token, startSeconds: start, endSeconds: end };
  });
}
