/** What an answer of `generateContent` says of its money. Pure. */
import type { Usage } from '../price.ts';
import type { ContentVerdict } from './content-verdict.ts';
import { field, numberOf, textOf } from './json-walk.ts';

export type ContentBill = {
  /** What was used; null where it does not say. */
  usage: Usage | null;
  /** Whether Google says that it takes nothing: in this very answer, or by a rule that it has published. */
  isFree: boolean;
};

/** Google's words for that (recorded until 2026-10). */
const TAKES_NOTHING = /(not|n't) (be|been) charged/i;

/**
 * The bill of an answer of success. It is charged by its tokens, unless it says otherwise; what a filter refused and gives
 * no tokens for is free (ai.google.dev/gemini-api/docs/billing, 2026-09).
 */
export function billOf(body: unknown, told: ContentVerdict): ContentBill {
  const usage = usageOf(field(body, 'usageMetadata'));
  if (told.verdict !== 'REFUSED_BY_SAFETY') return { usage, isFree: false };
  return { usage, isFree: usage === null || TAKES_NOTHING.test(told.words) };
}

/** Thinking is charged as output (ai.google.dev/gemini-api/docs/pricing, 2026-10). */
function usageOf(metadata: unknown): Usage | null {
  if (textOf(field(metadata, 'promptTokenCount')) === null) return null;
  const [prompt = 0, answer = 0, thoughts = 0] = [
    'promptTokenCount',
    'candidatesTokenCount',
    'thoughtsTokenCount',
  ].map((name) => Math.max(0, numberOf(field(metadata, name))));
  return { MILLION_INPUT_TOKENS: prompt / 1_000_000, MILLION_OUTPUT_TOKENS: (answer + thoughts) / 1_000_000 };
}
