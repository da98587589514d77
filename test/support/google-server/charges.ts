/** What is charged here, in micro-USD: Google's prices as docs/google.md has them, written down a second time. */

type BySize = Readonly<Record<string, number>>;

/** Of a second of Veo, with sound and silent. */
const SECONDS: Readonly<Record<string, Readonly<Record<'sound' | 'silent', BySize>>>> = {
  'veo-3.1-generate-001': {
    sound: { '720p': 400_000, '1080p': 400_000, '4k': 600_000 },
    silent: { '720p': 200_000, '1080p': 200_000, '4k': 400_000 },
  },
  'veo-3.1-fast-generate-001': {
    sound: { '720p': 100_000, '1080p': 120_000 },
    silent: { '720p': 80_000, '1080p': 100_000 },
  },
  'veo-3.1-lite-generate-001': {
    sound: { '720p': 50_000, '1080p': 80_000 },
    silent: { '720p': 30_000, '1080p': 50_000 },
  },
};
/** Of a second of Omni. */
const FILM: Readonly<Record<string, BySize>> = {
  'gemini-omni-1.2-flash': { '360p': 23_655, '720p': 70_952, '1080p': 106_428, '4k': 212_856 },
  'gemini-omni-1.1-flash': { '360p': 33_793, '720p': 101_360, '1080p': 152_040, '4k': 304_080 },
  'gemini-omni-1.1-flash-preview': { '360p': 33_793, '720p': 101_360, '1080p': 152_040, '4k': 304_080 },
};
const PICTURES: Readonly<Record<string, BySize>> = {
  'gemini-3-pro-image': { '1K': 134_400, '2K': 134_400, '4K': 240_000 },
  'gemini-3.1-flash-image': { '1K': 67_200, '2K': 100_800, '4K': 151_200 },
};
const MICRO_USD_PER_TOKEN = { in: 0.75, out: 3.75 };
/** Of image models that answer in words. */
const WORDS: Readonly<Record<string, { in: number; out: number }>> = {
  'gemini-3-pro-image': { in: 2, out: 12 },
  'gemini-3.1-flash-image': { in: 0.5, out: 3 },
};
/** Both double on this day. */
const DEARER_FROM = Date.UTC(2027, 0, 1);

/** Tokens that every answer is said to have used. */
export const TOKENS = { prompt: 900, answer: 1_500, thoughts: 500 };

/** A clip's price. */
export const chargeOfVeo = (model: string, resolution: string, seconds: number, sound: boolean): number =>
  known(SECONDS[model]?.[sound ? 'sound' : 'silent'], model, resolution) * seconds;

/** The same of Omni. */
export const chargeOfOmni = (model: string, resolution: string, seconds: number): number =>
  known(FILM[model], model, resolution) * seconds;

/** A picture's price. */
export const chargeOfPicture = (model: string, size: string): number => known(PICTURES[model], model, size);

/** The price of words that came in place of a picture. */
export function chargeOfWords(model: string): number {
  const rate = WORDS[model] ?? { in: 0, out: 0 };
  return Math.ceil(TOKENS.prompt * rate.in + (TOKENS.answer + TOKENS.thoughts) * rate.out);
}

/** A storyboard's price today: thoughts count as what comes out. */
export const chargeOfStoryboard = (): number =>
  Math.ceil(
    (TOKENS.prompt * MICRO_USD_PER_TOKEN.in + (TOKENS.answer + TOKENS.thoughts) * MICRO_USD_PER_TOKEN.out) *
      (Date.now() < DEARER_FROM ? 1 : 2),
  );

function known(prices: BySize | undefined, model: string, of: string): number {
  const price = prices?.[of];
  if (price === undefined) throw new Error(`${model} has no price at ${of}.`);
  return price;
}
