/** What providers charge, as data: prices change every few weeks, code does not. */

/** Of tokens each price is for a million. Those of pictures and of film count what is drawn and filmed itself. */
export const PRICE_UNITS = [
  'SECOND',
  'IMAGE',
  'MILLION_INPUT_TOKENS',
  'MILLION_CACHED_INPUT_TOKENS',
  'MILLION_OUTPUT_TOKENS',
  'MILLION_IMAGE_OUTPUT_TOKENS',
  'MILLION_VIDEO_OUTPUT_TOKENS',
] as const;
/** What a price is for one of. */
export type PriceUnit = (typeof PRICE_UNITS)[number];

/** What one unit costs, and when. */
export type Price = {
  unit: PriceUnit;
  /** Micro-USD (1 cent = 10,000). */
  microUsd: number;
  /** Resolution it holds for, as the vendor names it (`1080p`, `4K`); null for every one. */
  resolution: string | null;
  /** Whether it is of a clip with sound or of one without; absent where that makes no difference. */
  sound?: boolean;
  /** First day (UTC) on which it holds: `2027-01-01`; absent where it held before anybody looked. */
  from?: string;
  /** Last day (UTC) on which it holds; absent where no end is told. */
  until?: string;
  /** Where it was read: an address a person can open. */
  source: string;
  /** Day on which it was read there: `2026-10-07`. */
  asOf: string;
};

/** How much of each unit a call used. Of tokens, millions: 1,500 tokens are 0.0015. */
export type Usage = Partial<Record<PriceUnit, number>>;

/** What a call will use, before it is made. */
export type Quote = {
  resolution: string | null;
  /** Of a clip: whether it has sound; absent where that makes no difference. */
  sound?: boolean;
  /** What it usually uses. */
  likely: Usage;
  /** What it cannot exceed, as far as was seen: this much is reserved. */
  most: Usage;
  /** How long it usually takes, the provider's queue included; absent where nobody has measured it. */
  seconds?: number;
};

/** What a call used, as the provider says after it. */
export type Receipt = {
  /** Null where the provider does not say, or not all of it: what was set aside is then booked, as an estimate. */
  usage: Usage | null;
  /** Set where the provider counts what was used, and part of what it was is concluded: booked by it, as an estimate. */
  isEstimate?: boolean;
  /** The provider's own name for the call, for its support and its invoice; null if it gives none. */
  requestId: string | null;
};

/** The receipt that something bought carries, and nothing else of it. */
export const receiptOf = ({ usage, isEstimate, requestId }: Receipt): Receipt => ({
  usage,
  ...(isEstimate && { isEstimate }),
  requestId,
});
