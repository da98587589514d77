/** What an answer of `generateContent` says of its money. Pure. */
import type { Usage } from '../price.ts';
import type { ContentVerdict } from './content-verdict.ts';
import { saysFree } from './read-bill.ts';
import { readUsage } from './read-usage.ts';

export type ContentBill = {
  /** What was used; null where it does not say. */
  usage: Usage | null;
  /** Whether Google says that it takes nothing: in this very answer, or by a rule that it has published. */
  isFree: boolean;
};

/**
 * The bill of an answer of success. It is charged by its tokens, unless it says otherwise; what a filter refused and gives
 * no tokens for is free (ai.google.dev/gemini-api/docs/billing, 2026-09).
 */
export function billOf(body: unknown, told: ContentVerdict): ContentBill {
  const usage = readUsage(body);
  if (told.verdict !== 'REFUSED_BY_SAFETY') return { usage, isFree: false };
  return { usage, isFree: usage === null || saysFree(told.words) };
}
