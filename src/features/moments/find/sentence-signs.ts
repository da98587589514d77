import type { HeardSentence } from './heard-sentences.ts';
import type { KnownWords } from './lexicon/lexicons.ts';
import type { PhraseSet } from './lexicon/phrase-set.ts';
import { casedTokensOf } from './lexicon/tokens.ts';

/** What the words of a sentence tell of it. */
export type SentenceSigns = {
  /** Words in it. */
  size: number;
  claims: string[];
  conclusions: string[];
  storyOpeners: string[];
  /** Verbs of telling, and marks of speech. */
  narration: string[];
  feelings: string[];
  numbers: string[];
  persons: string[];
  names: string[];
  frame: string[];
  fillers: string[];
  isQuestion: boolean;
  /** Whether it needs the sentence before it. */
  leansBack: boolean;
  /** Keys of what it speaks of. */
  stems: string[];
};

const QUESTION_MARK = /[?？؟]["'”’»)\]]*$/u;
const QUOTE = /["“”„«»「」]/u;
/** What is shown for a mark of speech. */
const QUOTED = '“…”';
const CAPITAL = /^\p{Lu}\p{Ll}/u;
const DIGIT = /\p{N}/u;

/** How a sentence is read: with the words of a language, or `null` where none are known, and what else keeps house. */
export type Reading = { known: KnownWords | null; frameWords: PhraseSet };

/** Reads a sentence. Of a language without words known there are digits, question marks, quotes and subjects. */
export function signsOf({ words }: HeardSentence, { known, frameWords }: Reading): SentenceSigns {
  const spoken = words.map(({ word }) => word);
  const cased = spoken.flatMap(casedTokensOf);
  const tokens = cased.map((token) => token.toLowerCase());
  const hits = (kind: keyof KnownWords['phrases']) =>
    known?.phrases[kind].in(tokens).map(({ phrase }) => phrase) ?? [];
  const opens = (kind: 'questions' | 'leansBack') => known?.phrases[kind].startingAt(tokens, 0) !== undefined;
  const isMarked = spoken.some((word) => /\p{P}$/u.test(word));
  return {
    size: tokens.length,
    claims: hits('claims'),
    conclusions: hits('conclusions'),
    storyOpeners: hits('story'),
    narration: [
      ...hits('narration'),
      ...endingIn(tokens, known, known?.narrationEndings),
      ...spoken.filter((word) => QUOTE.test(word)).map(() => QUOTED),
    ],
    feelings: known ? tokens.filter((token) => isFeeling(token, known)) : [],
    numbers: [
      ...hits('numbers'),
      ...endingIn(tokens, known, known?.numberEndings),
      ...tokens.filter((token) => DIGIT.test(token)),
    ],
    persons: hits('persons'),
    names: known?.namesHaveCapitals ? namesIn(spoken) : [],
    frame: [...hits('frame'), ...frameWords.in(tokens).map(({ phrase }) => phrase)],
    fillers: hits('fillers'),
    isQuestion: QUESTION_MARK.test(spoken.at(-1) ?? '') || (!isMarked && opens('questions')),
    leansBack: opens('leansBack'),
    stems: stemsOf(tokens, known),
  };
}

const endingIn = (tokens: readonly string[], known: KnownWords | null, endings: RegExp | null | undefined) =>
  endings ? tokens.filter((token) => endings.test(token) && !known?.functionWords.has(token)) : [];

/** A stemmer makes one key of "schön" and "schon". */
const isFeeling = (token: string, known: KnownWords) =>
  known.feelings.has(known.stem(token)) && !known.functionWords.has(token);

/** Words with a capital that do not begin a sentence or what somebody says. */
const namesIn = (spoken: readonly string[]) =>
  spoken
    .filter((word, i) => CAPITAL.test(word) && /^[\p{L}\p{N}]+,?$/u.test(spoken[i - 1] ?? ''))
    .flatMap(casedTokensOf);

function stemsOf(tokens: readonly string[], known: KnownWords | null): string[] {
  if (!known) return [...tokens];
  return tokens.filter((token) => !known.functionWords.has(token)).map((token) => known.stem(token));
}
