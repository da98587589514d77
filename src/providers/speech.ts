/** What of a narration is spoken, and why not all of it. Pure. */
import type { VideoClipSource } from '../generated/prisma/client.ts';
import type { Softening } from './softening.ts';
import { ended, inTwo, sentencesOf, stopOf } from '../script/sentences.ts';
import { trimmed } from '../script/web-addresses.ts';

/** Why a narration is not spoken as it stands, for a person. */
export const WHY_UNSPOKEN = {
  LANGUAGE: 'it is in a language or script that the voice does not speak',
  NO_WORDS: 'nothing in it is a word or a number',
  TIME: 'not all of it fits into the clip',
  SOFTENED: 'the safety filter refused the scene as it was written',
  NO_VOICE: 'the provider speaks no narration',
  SOUND_OFF: 'the clips are made without sound',
} as const;

export type WhyUnspoken = keyof typeof WHY_UNSPOKEN;

export type Speech = {
  /** The words that are spoken; null for none. */
  words: string | null;
  /** Why they are not the narration to the letter; empty where they are. */
  why: readonly WhyUnspoken[];
};

/** A narration, and the clip that it is for. */
export type SpeechOrder = {
  narration: string;
  /** Of the clip as it is asked for. */
  durationSeconds: number;
  softening: Softening;
  clipsFrom: VideoClipSource;
};

/** Whether there is anything in a text that can be said: a letter or a figure. */
export const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** Characters of a text that are looked at for what can be said of it: several times what fits into the longest clip. */
const BEGINNING = 2_000;

/**
 * The longest wording of a text that can be said in so many seconds: fewer sentences, then clauses, then words. Null if
 * not even a word can.
 *
 * @param pace English letters a second.
 */
export function sayable(text: string, seconds: number, pace: number): string | null {
  const most = Math.max(0, seconds) * pace;
  const fits = (wording: string) => wording.length <= most && lettersToSay(wording) <= most;
  if (fits(text)) return text;
  for (const wording of shorter(text.slice(0, BEGINNING))) if (fits(wording)) return wording;
  return null;
}

/** As many English letters take as long as what is written with one character: figures and symbols are words, syllables have one. */
const LONG_CHARACTERS: readonly [characters: RegExp, letters: number][] = [
  [/\p{Nd}/gu, 7],
  [/[%&@#=+/_]/gu, 5],
  [/[\p{Script=Han}\p{Script=Hangul}]/gu, 3],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 2],
];

const lettersToSay = (text: string): number =>
  LONG_CHARACTERS.reduce(
    (sum, [characters, letters]) => sum + (letters - 1) * (text.match(characters)?.length ?? 0),
    text.length,
  );

/** Ever shorter wordings, each a whole thought while it can be: fewer sentences, fewer clauses, fewer words. */
export function* shorter(text: string): Generator<string> {
  const sentences = sentencesOf(text);
  for (let kept = sentences.length - 1; kept > 0; kept -= 1) yield sentences.slice(0, kept).join(' ');
  let clause = sentences[0] ?? text;
  const stop = stopOf(clause);
  for (let halves = inTwo(clause); halves; halves = inTwo(clause)) {
    clause = ended(halves[0], stop);
    yield clause;
  }
  const words = wordsOf(trimmed(clause, /[.!?…。！？।؟]/u));
  for (let kept = words.length - 1; kept > 0; kept -= 1) {
    if (!DANGLING.test(words[kept - 1]?.trim() ?? ''))
      yield `${trimmed(words.slice(0, kept).join(''), /[\s,;:.—–-]/u)}.`;
  }
}

const wordSegmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** With the spaces behind them; of a script that has none between words, what a reader takes for words. */
function wordsOf(clause: string): string[] {
  const words = clause.match(/\S+\s*/gu) ?? [];
  return words.length > 1 ? words : [...wordSegmenter.segment(clause)].map(({ segment }) => segment);
}

/** A wording may not end on these. */
const DANGLING =
  /^(?:the|a|an|of|to|in|on|at|and|or|but|with|from|by|for|as|its?|his|her|their|my|our|that|which|who|into|over|under|across|is|are|was|were|then|while|toward|towards|through|last|first|one)$/iu;
