import { wordsOf } from './outside-text.ts';

/** One thing that was looked at, and how it stands. */
export type Finding = {
  /** What it is: `database`, `ffmpeg`, `veo-3.1-generate-001`. */
  name: string;
  state: 'OK' | 'WARNING' | 'PROBLEM';
  /** For people, in one line: what was found, and the way out of what is wrong. */
  detail: string;
};

/** A finding that looking came to an error. */
export const problem = (name: string, error: unknown): Finding => ({
  name,
  state: 'PROBLEM',
  detail: wordsOf(error),
});
