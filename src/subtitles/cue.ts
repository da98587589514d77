import type { TimedWord } from '../text/timed-words.ts';

/** A word that a file has times around. */
export type CueWord = TimedWord & {
  /** Its own time is not among them: it is its share of the time of several words. */
  isSpread?: true;
};

/** What is shown at once. Times are whole milliseconds, and the end is after the start. */
export type Cue = {
  startSeconds: number;
  endSeconds: number;
  /** Lines of plain text, none blank: no tags, no entities, no control characters. */
  text: string;
  /** Where the file has times of words: all words of the text, in order, none outside of the cue. */
  words?: CueWord[];
  /** Who speaks, where the file names somebody (WebVTT's `<v>`). */
  speaker?: string;
};

/** Known by what stands in a file, whatever its name. JSON3 is YouTube's. */
export type SubtitleKind = 'SRT' | 'WEBVTT' | 'ASS' | 'TTML' | 'SBV' | 'JSON3' | 'JSON';

/** Whole milliseconds, as SubRip and WebVTT write them. */
export const toMilliseconds = (seconds: number): number => Math.round(seconds * 1_000) / 1_000;
