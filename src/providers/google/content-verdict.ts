import type { FailureCode } from '../provider-error.ts';

/** What an answer of `generateContent` comes to. */
export type ContentVerdict =
  /** A picture, in base64, of whatever kind it is. */
  | { verdict: 'PICTURE'; data: string }
  | { verdict: 'TEXT'; text: string }
  /** Text that ended before its time. */
  | { verdict: 'CUT'; why: CutWhy; text: string; words: string }
  /** A filter, or the model itself, refused it; gentler words may pass. Where it is a matter of chance, so may the same. */
  | { verdict: 'REFUSED_BY_SAFETY'; words: string; isChance: boolean }
  /** It holds for this request. */
  | { verdict: 'REFUSED_AS_ASKED'; words: string }
  /** So would any other be: the key, the account, a model that is gone. */
  | { verdict: 'REFUSED_FOR_ALL'; words: string; code: FailureCode }
  | { verdict: 'TRY_AGAIN_LATER'; words: string; retryAfterSeconds: number | null }
  /** Everything that is not surely another. */
  | { verdict: 'NOT_KNOWN'; words: string };

export const CONTENT_VERDICTS = [
  'PICTURE',
  'TEXT',
  'CUT',
  'REFUSED_BY_SAFETY',
  'REFUSED_AS_ASKED',
  'REFUSED_FOR_ALL',
  'TRY_AGAIN_LATER',
  'NOT_KNOWN',
] as const satisfies ContentVerdict['verdict'][];

/**
 * - `NO_ROOM`: it took all the tokens it may.
 * - `THOUGHTS_ALONE`: there are thoughts and no answer.
 * - `EMPTY`: there is neither.
 * - `BROKEN_OFF`: it ends within its JSON.
 */
export type CutWhy = 'NO_ROOM' | 'THOUGHTS_ALONE' | 'EMPTY' | 'BROKEN_OFF';

/** What is asked for. */
export type Wanted = 'PICTURE' | 'TEXT';
