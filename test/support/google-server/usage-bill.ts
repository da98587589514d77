/** What an answer costs by what it says was used: tokens of each kind at their own price, as the price lists have them. */

/** Micro-USD a token: what comes in, words and thoughts, and what is drawn or filmed (read 2026-11; 1.2: the dearest told). */
const RATES: Readonly<Record<string, { input: number; words: number; ware: number }>> = {
  'gemini-3-pro-image': { input: 2, words: 12, ware: 120 },
  'gemini-3.1-flash-image': { input: 0.5, words: 3, ware: 60 },
  'gemini-3.8-flash': { input: 0.75, words: 3.75, ware: 3.75 },
  'gemini-3.5-transcribe': { input: 2, words: 12, ware: 0 },
  'gemini-3.5-transcribe-preview': { input: 2, words: 12, ware: 0 },
  'gemini-omni-1.2-flash': { input: 1.5, words: 9, ware: 12.25 },
  'gemini-omni-1.1-flash': { input: 1.5, words: 9, ware: 17.5 },
  'gemini-omni-1.1-flash-preview': { input: 1.5, words: 9, ware: 17.5 },
};
const FLOAT_ERROR = 1e-6;

type Counts = Record<string, unknown>;
const count = (counts: Counts, name: string): number => Number(counts[name] ?? 0);

/** Tokens of film or pictures in a list by modality. */
const waresOf = (list: unknown, tokens: string): number =>
  (Array.isArray(list) ? (list as Counts[]) : [])
    .filter(({ modality }) => /video|image/i.test(String(modality)))
    .reduce((sum, each) => sum + count(each, tokens), 0);

/** The charge in micro-USD; null where the answer does not say. */
export function chargeOfUsage(model: string, body: unknown): number | null {
  const { usage, usageMetadata } = (body ?? {}) as { usage?: Counts; usageMetadata?: Counts };
  const rates = RATES[model];
  if (!rates) return null;
  if (usage) {
    const ware = waresOf(usage['output_tokens_by_modality'], 'tokens');
    const words = count(usage, 'total_output_tokens') - ware + count(usage, 'total_thought_tokens');
    return sum(rates, count(usage, 'total_input_tokens'), words, ware);
  }
  if (!usageMetadata) return null;
  const ware = waresOf(usageMetadata['candidatesTokensDetails'], 'tokenCount');
  const words =
    count(usageMetadata, 'candidatesTokenCount') - ware + count(usageMetadata, 'thoughtsTokenCount');
  return sum(rates, count(usageMetadata, 'promptTokenCount'), words, ware);
}

const sum = (
  rates: { input: number; words: number; ware: number },
  input: number,
  words: number,
  ware: number,
) => Math.ceil(input * rates.input + words * rates.words + ware * rates.ware - FLOAT_ERROR);
