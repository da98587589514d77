import type { TimedWord } from '../../../text/timed-words.ts';

/** Words from `startWord` up to, and without, `endWord`. */
export type SentenceSpan = { startWord: number; endWord: number };

/** How loud it is, a value every `stepSeconds`, from the beginning. */
export type Loudness = { stepSeconds: number; values: readonly number[] };

/** What is heard of the audience. */
export type Reaction = { startSeconds: number; endSeconds: number; kind: string };

/** Most moments that are looked for, whatever is asked: the search for room keeps a row of the whole video for each. */
export const MOST_MOMENTS = 100;

/** As in a `GenerationConfig`: lengths in seconds, and how many moments are wanted, at most `MOST_MOMENTS`. */
export type MomentLimits = {
  minMomentLength: number;
  maxMomentLength: number;
  minMoments: number;
  maxMoments: number;
};

/** What is known of a video's sound and shots. */
export type SoundInput = {
  durationSeconds: number;
  /** When another shot begins. */
  cuts: readonly number[];
  /** In dB. */
  loudness?: Loudness;
  reactions?: readonly Reaction[];
  limits: MomentLimits;
};

/** The above, and what is said. */
export type FinderInput = SoundInput & {
  words: readonly TimedWord[];
  sentences: readonly SentenceSpan[];
  /** Phrases of this speaker or series that keep house, beside those known of the language. */
  frameWords?: readonly string[];
  /** A language tag. Of English, Spanish and German words are known; of others what needs no words counts. */
  language: string;
};
