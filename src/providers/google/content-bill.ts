/** What an answer of `generateContent` says of its money. Pure. */
import type { ContentVerdict } from './content-verdict.ts';
import { saysFree } from './read-bill.ts';
import { type Made, readUsage, type ToldUsage } from './read-usage.ts';

export type ContentBill = ToldUsage & {
  /** Whether Google says that it takes nothing: in this very answer, or by a rule that it has published. */
  isFree: boolean;
};

/**
 * The bill of an answer of success. It is charged by its tokens, unless it says otherwise; what a filter refused and gives
 * no tokens for is free (ai.google.dev/gemini-api/docs/billing, 2026-09).
 */
export function billOf(body: unknown, told: ContentVerdict): ContentBill {
  const usage = readUsage(body, madeOf(told));
  if (told.verdict !== 'REFUSED_BY_SAFETY') return { ...usage, isFree: false };
  return { ...usage, isFree: usage.says === 'NOTHING' || saysFree(told.words) };
}

/** One that is cut off in its thoughts has no words. */
function madeOf(told: ContentVerdict): Made | null {
  if (told.verdict === 'PICTURE') return 'PICTURE';
  const hasWords = (told.verdict === 'TEXT' || told.verdict === 'CUT') && told.text.trim() !== '';
  return hasWords ? 'TEXT' : null;
}
