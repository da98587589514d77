/** What an answer of Google's says was used. Pure: JSON in, tokens by what they are charged as out. */
import type { Usage } from '../price.ts';
import { type Counts, countTokens } from './count-tokens.ts';

/** What came with an answer and is charged. */
export type Made = 'FILM' | 'PICTURE' | 'TEXT';

export type ToldUsage =
  /**
   * - `NOTHING`: it has none, or none that says anything.
   * - `TOO_LITTLE`: what was made is not in it, or a count cannot be read: whatever it adds up to is below the bill.
   */
  | { says: 'NOTHING' | 'TOO_LITTLE'; usage: null }
  /** `ALL_BUT_KINDS`: what was made has no count of its own, and is taken for the tokens of which no kind is told. */
  | { says: 'ALL' | 'ALL_BUT_KINDS'; usage: Usage };

/**
 * The usage of an answer of `generateContent`, or of an interaction. Thoughts are charged as what comes out, tools' tokens
 * as what goes in, and tokens that only the total has as what comes out: a bill is not to be below Google's
 * (ai.google.dev/gemini-api/docs/pricing, 2026-10; recorded answers until 2026-10).
 *
 * @param made null for an answer that brought nothing: it is charged for what went in, and what was thought and said.
 */
export function readUsage(answer: unknown, made: Made | null): ToldUsage {
  const counts = countTokens(answer);
  if (counts === null) return { says: 'NOTHING', usage: null };
  if (Object.values(counts).some(Number.isNaN)) return { says: 'TOO_LITTLE', usage: null };
  const told = sumUp(counts);
  if (Object.values(told).every((count) => count === 0)) return { says: 'NOTHING', usage: null };
  if (made === null) return { says: 'ALL', usage: usageOf(told) };
  if (made === 'TEXT')
    return hasWords(counts) ? { says: 'ALL', usage: usageOf(told) } : { says: 'TOO_LITTLE', usage: null };
  return withWare(told, counts, made);
}

/** Tokens by what they are charged as. */
type Told = { input: number; cached: number; words: number; pictures: number; film: number };

/** Tokens that only the total has. */
const untoldOf = ({ total, input, tools, output, thoughts }: Counts): number =>
  Math.max(0, total - input - tools - output - thoughts);

function sumUp(counts: Counts): Told {
  const { input, tools, output, thoughts, pictures, film } = counts;
  const cached = Math.min(counts.cached, input);
  const words = output - pictures - film + thoughts + untoldOf(counts);
  return { input: input - cached + tools, cached, words, pictures, film };
}

const hasWords = (counts: Counts): boolean => counts.output + untoldOf(counts) > 0;

const WARES = { FILM: 'film', PICTURE: 'pictures' } as const;
/**
 * Fewer are not those of the thing itself: a second of film has 1,931 at the least, a picture 1,120 (measured by others,
 * until 2026-10), and smaller ones were never made.
 */
const FEWEST_TOKENS = { FILM: 1_500, PICTURE: 500 } as const;

/** Beside a film or a picture that is counted, tokens of no kind are words, as others were charged (until 2026-10). */
function withWare(told: Told, counts: Counts, made: Exclude<Made, 'TEXT'>): ToldUsage {
  const ware = WARES[made];
  const isCounted = counts[ware] >= FEWEST_TOKENS[made];
  const { output, pictures, film, words, others } = counts;
  const ofNoKind = isCounted ? 0 : output - pictures - film - words - others + untoldOf(counts);
  const taken = others + ofNoKind;
  if (counts[ware] + taken < FEWEST_TOKENS[made]) return { says: 'TOO_LITTLE', usage: null };
  const usage = usageOf({ ...told, words: told.words - taken, [ware]: counts[ware] + taken });
  return { says: taken > 0 ? 'ALL_BUT_KINDS' : 'ALL', usage };
}

function usageOf({ input, cached, words, pictures, film }: Told): Usage {
  const tokens: Usage = {
    MILLION_INPUT_TOKENS: input,
    MILLION_CACHED_INPUT_TOKENS: cached,
    MILLION_OUTPUT_TOKENS: words,
    MILLION_IMAGE_OUTPUT_TOKENS: pictures,
    MILLION_VIDEO_OUTPUT_TOKENS: film,
  };
  const used = Object.entries(tokens).filter(([, count]) => count > 0);
  return Object.fromEntries(used.map(([unit, count]) => [unit, count / 1_000_000]));
}
