import type { RefusedInput } from '../generated/prisma/client.ts';
import type { Usage } from './price.ts';

/** What an answer says of the money for a clip. */
export type ClipBill = {
  /** What was used; null where it does not say, or not all of it: a film that was made has its own tokens in it. */
  usage: Usage | null;
  /** Set where part of what it was is concluded: booked as an estimate. */
  isEstimate?: boolean;
  /** Whether the provider says that it takes nothing: in this very answer, or by a rule that it has published. */
  isFree: boolean;
};

/** Nothing is said. */
export const NO_BILL: ClipBill = { usage: null, isFree: false };

/** What the answer to a question about a bought clip comes to, whoever was asked; and its bill, if it has one. */
export type ClipVerdict = ToldOfClip & { bill?: ClipBill };

/** A safety filter's refusal. */
export type SafetyRefusal = {
  words: string;
  /** What of the clip it refused; `UNKNOWN` where the provider does not tell. */
  refusedInput: RefusedInput;
};

type ToldOfClip =
  /** The film is there, at `uri`, which only this provider's `download` understands. */
  | { verdict: 'FILM'; uri: string }
  | { verdict: 'STILL_WORKING' }
  /** A safety filter refused it; gentler words may pass. */
  | ({ verdict: 'REFUSED_BY_SAFETY' } & SafetyRefusal)
  /** It failed, by the provider's own word: another one may succeed. */
  | { verdict: 'REFUSED_AS_ASKED'; words: string }
  /**
   * It failed, by the provider's own word, of something that passes (overloaded, an internal fault): the same again may
   * well succeed, after so many seconds where it says so.
   */
  | { verdict: 'FAILED_FOR_NOW'; words: string; retryAfterSeconds: number | null }
  /**
   * It was taken, and then refused, for more was ordered than the provider makes in a minute or in a day. Nobody says
   * whether it is charged.
   */
  | { verdict: 'REFUSED_BY_QUOTA'; words: string; retryAfterSeconds: number | null }
  /** So would any other: the model is gone, or this way of asking (`INTERFACE_GONE`). */
  | { verdict: 'REFUSED_FOR_ALL'; words: string; code: 'MODEL_NOT_FOUND' | 'INTERFACE_GONE' }
  /** No answer about the clip: overloaded, too many requests, out of reach, a key that does not hold. */
  | { verdict: 'TRY_AGAIN_LATER'; words: string; retryAfterSeconds: number | null }
  | NotKnown;

/** Everything that is not surely another: of the clip and its money nobody knows. */
export type NotKnown = {
  verdict: 'NOT_KNOWN';
  /**
   * - `ODD`: a word or a form that we do not know; a later answer may be one we do.
   * - `NOT_FOUND`: the provider does not know the clip, or not yet.
   * - `NOTHING`: it has ended, with neither a film nor a reason.
   */
  about: 'ODD' | 'NOT_FOUND' | 'NOTHING';
  words: string;
};

export const CLIP_VERDICTS = [
  'FILM',
  'STILL_WORKING',
  'REFUSED_BY_SAFETY',
  'REFUSED_AS_ASKED',
  'FAILED_FOR_NOW',
  'REFUSED_BY_QUOTA',
  'REFUSED_FOR_ALL',
  'TRY_AGAIN_LATER',
  'NOT_KNOWN',
] as const satisfies ClipVerdict['verdict'][];
