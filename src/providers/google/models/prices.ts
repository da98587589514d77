/** Prices in the form that the program reads, from dollars as they are printed. */
import type { Price, PriceUnit } from '../../price.ts';
import { type Resolution, RESOLUTIONS } from './model.ts';

/** Where prices were read, and when. */
export type Page = Pick<Price, 'source' | 'asOf'>;

export const GEMINI_PRICES = 'https://ai.google.dev/gemini-api/docs/pricing';
export const VERTEX_PRICES = 'https://cloud.google.com/vertex-ai/generative-ai/pricing';

/** One price, in dollars. A part of a micro-dollar counts as a whole one: an estimate must not be below the bill. */
export const price = (
  unit: PriceUnit,
  dollars: number,
  page: Page,
  more: Partial<Omit<Price, keyof Page | 'unit' | 'microUsd'>> = {},
): Price => ({
  unit,
  microUsd: Math.ceil(Number((dollars * 1_000_000).toFixed(3))),
  resolution: null,
  ...more,
  ...page,
});

/** Dollars a million tokens: what is sent, what of that was sent before, and what comes back. */
export type TokenDollars = {
  input: number;
  cachedInput?: number;
  output: number;
  image?: number;
  video?: number;
};

const TOKEN_UNITS = {
  input: 'MILLION_INPUT_TOKENS',
  cachedInput: 'MILLION_CACHED_INPUT_TOKENS',
  output: 'MILLION_OUTPUT_TOKENS',
  image: 'MILLION_IMAGE_OUTPUT_TOKENS',
  video: 'MILLION_VIDEO_OUTPUT_TOKENS',
} as const satisfies Record<keyof TokenDollars, PriceUnit>;

/** Prices by token, of certain days if they hold for no others. */
export const perToken = (
  dollars: TokenDollars,
  page: Page,
  days: Pick<Price, 'from' | 'until'> = {},
): readonly Price[] =>
  (Object.keys(TOKEN_UNITS) as (keyof TokenDollars)[]).flatMap((of) => {
    const rate = dollars[of];
    return rate === undefined ? [] : [price(TOKEN_UNITS[of], rate, page, days)];
  });

/** Prices by the second, of clips with sound or without if that makes a difference. */
export const perSecond = (
  dollars: Partial<Record<Resolution, number>>,
  page: Page,
  more: Pick<Price, 'sound'> = {},
): readonly Price[] =>
  RESOLUTIONS.flatMap((resolution) => {
    const rate = dollars[resolution];
    return rate === undefined ? [] : [price('SECOND', rate, page, { resolution, ...more })];
  });

/** What a picture, or a second of film, comes to by its tokens alone: for estimates. */
export const perPiece = (
  unit: 'SECOND' | 'IMAGE',
  tokens: Readonly<Record<string, number>>,
  dollarsPerMillion: number,
  page: Page,
): readonly Price[] =>
  Object.entries(tokens).map(([resolution, count]) =>
    price(unit, (count * dollarsPerMillion) / 1_000_000, page, { resolution }),
  );
