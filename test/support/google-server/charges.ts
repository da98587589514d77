/** What the server's bill has for each model, in micro-USD: read from Google's lists as the product's prices were, and not from them. */
import { Refusal } from '../paid-provider/reply.ts';

/** Tokens of every answer of `generateContent`. */
export const TOKENS = { prompt: 900, candidates: 1_500, thoughts: 500 };

/** Of an answer with those tokens, a picture of up to 2K, or a second of film at 720p. */
const CHARGES: Readonly<Record<string, number>> = {
  'gemini-3.8-flash': TOKENS.prompt * 0.75 + (TOKENS.candidates + TOKENS.thoughts) * 3.75,
  'gemini-3-pro-image': 134_000,
  'gemini-3.1-flash-image': 67_000,
  'veo-3.1-generate-001': 400_000,
  'veo-3.1-fast-generate-001': 150_000,
  'gemini-omni-1.2-flash': 70_000,
  'gemini-omni-1.1-flash': 100_000,
};

/** What so much of a model costs. */
export function chargeOf(model: string, amount = 1): number {
  const charge = CHARGES[model];
  if (charge === undefined) throw new Refusal(404, `models/${model} has no price here.`);
  return charge * amount;
}
