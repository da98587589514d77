/** What is charged here, in micro-USD: Google's prices as docs/google.md has them, written down a second time. */

const SECONDS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'veo-3.1-generate-001': { '720p': 400_000, '1080p': 400_000, '4k': 600_000 },
  'veo-3.1-fast-generate-001': { '720p': 150_000, '1080p': 150_000 },
  'gemini-omni-1.2-flash': { '360p': 23_000, '720p': 70_000, '1080p': 105_000, '4k': 210_000 },
  'gemini-omni-1.1-flash': { '360p': 30_000, '720p': 100_000, '1080p': 150_000, '4k': 300_000 },
};
const PICTURES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'gemini-3-pro-image': { '1K': 134_000, '2K': 134_000, '4K': 240_000 },
  'gemini-3.1-flash-image': { '1K': 67_000, '2K': 101_000, '4K': 151_000 },
};
const MICRO_USD_PER_TOKEN = { in: 0.75, out: 3.75 };

/** Tokens that every answer is said to have used. */
export const TOKENS = { prompt: 900, answer: 1_500, thoughts: 500 };

/** A clip's price. */
export const chargeOfClip = (model: string, resolution: string, seconds: number): number =>
  known(SECONDS, model, resolution) * seconds;

/** A picture's price. */
export const chargeOfPicture = (model: string, size: string): number => known(PICTURES, model, size);

/** A storyboard's price: thoughts count as what comes out. */
export const CHARGE_OF_STORYBOARD = Math.ceil(
  TOKENS.prompt * MICRO_USD_PER_TOKEN.in + (TOKENS.answer + TOKENS.thoughts) * MICRO_USD_PER_TOKEN.out,
);

function known(prices: typeof SECONDS, model: string, of: string): number {
  const price = prices[model]?.[of];
  if (price === undefined) throw new Error(`${model} has no price at ${of}.`);
  return price;
}
