/** Whether a model that a provider uses is to be had, asked for free before anything is bought. */
import type { FailureCode } from './provider-error.ts';

/**
 * - `LIVE`: it is there, for who asks.
 * - `REFUSED`: surely not: it is gone, or not for who asks.
 * - `NOT_KNOWN`: no answer that tells (out of reach, overloaded).
 */
export const STANDINGS = ['LIVE', 'REFUSED', 'NOT_KNOWN'] as const;
export type Standing = (typeof STANDINGS)[number];

/** What was said of one model. */
export type ModelStanding = {
  model: string;
  standing: Standing;
  /** Why it is refused; PROVIDER_UNAVAILABLE where nobody knows. */
  code: FailureCode;
  /** For people: what was said, and the way out; empty of one that is live. */
  words: string;
};
