import { readFileSync } from 'node:fs';
import type { SentenceSpan } from '../../src/features/moments/find/finder-input.ts';
import type { TimedWord } from '../../src/text/timed-words.ts';

/** A talk of `talks/`, spoken. */
export type Talk = {
  name: string;
  language: string;
  words: TimedWord[];
  sentences: SentenceSpan[];
  /** Of each sentence, as its label says. */
  isGood: boolean[];
  durationSeconds: number;
};

/** A talk, and whether its score was looked at while weights were chosen. */
export const TALKS = [
  { file: 'bridges.en.txt', isHeldOut: false },
  { file: 'bakery.en.txt', isHeldOut: true },
  { file: 'lighthouse.en.txt', isHeldOut: true },
  { file: 'escuela.es.txt', isHeldOut: false },
  { file: 'fahrplan.de.txt', isHeldOut: false },
] as const;

const SECONDS_A_WORD = 0.1;
const SECONDS_A_LETTER = 0.048;
const COMMA_SECONDS = 0.2;
/** Pauses between sentences, in turn: they tell nothing of where a good stretch begins. */
const PAUSES = [0.4, 0.7, 0.35, 0.9, 0.5, 0.6, 0.45] as const;

/** Reads a talk and gives each word a time by its letters and the pauses at marks. */
export function readTalk(file: string): Talk {
  const lines = readFileSync(new URL(`talks/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => /^[+-] /u.test(line));
  const [name = '', language = ''] = file.split('.');
  return {
    name,
    language,
    isGood: lines.map((line) => line.startsWith('+')),
    ...spoken(lines.map((l) => l.slice(2))),
  };
}

/** Sentences with the times of a steady speaker. */
export function spoken(texts: readonly string[]): Pick<Talk, 'words' | 'sentences' | 'durationSeconds'> {
  const words: TimedWord[] = [];
  const sentences: SentenceSpan[] = [];
  let at = 0.5;
  for (const [i, text] of texts.entries()) {
    const startWord = words.length;
    for (const word of text.split(' ')) {
      const startSeconds = at;
      at += SECONDS_A_WORD + SECONDS_A_LETTER * word.length;
      words.push({ word, startSeconds, endSeconds: at });
      if (/[,:;]$/u.test(word)) at += COMMA_SECONDS;
    }
    sentences.push({ startWord, endWord: words.length });
    at += PAUSES[i % PAUSES.length] ?? 0;
  }
  return { words, sentences, durationSeconds: at };
}
