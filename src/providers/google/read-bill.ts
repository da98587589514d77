/** What Google says of the money, in its answers and in its rules. Pure. */
import { type ClipBill, type ClipVerdict } from '../clip-verdict.ts';
import { type Made, readUsage } from './read-usage.ts';

/** "You will not be charged for this request", "You have not been charged for this attempt" (answers until 2026-10). */
const FREE =
  /\b(?:will|have|has|had|are|is|were|was|do|did|does) ?(?:not|n['’]t) (?:be |been |being |get )?(?:charged|billed)\b|\bwon['’]t be (?:charged|billed)\b|\bfree of charge\b|\bat no charge\b/i;

/** Whether Google's own words say that it takes nothing. */
export const saysFree = (words: string): boolean => FREE.test(words);

/** A verdict with its bill: by the usage in the answer, and by its words. */
export const withBill = (told: ClipVerdict, answer: unknown): ClipVerdict => ({
  ...told,
  bill: {
    ...clipBill(answer, told.verdict === 'FILM' ? 'FILM' : null),
    isFree: 'words' in told && saysFree(told.words),
  },
});

/** The bill by the usage in an answer alone. */
export function clipBill(answer: unknown, made: Made | null): ClipBill {
  const { says, usage } = readUsage(answer, made);
  return { usage, ...(says === 'ALL_BUT_KINDS' && { isEstimate: true }), isFree: false };
}

/**
 * Veo's is by its rules too: what its filter refused, and what ended in an error, is not charged ("You will not be charged
 * for blocked videos", its answers; cloud.google.com/vertex-ai/generative-ai/pricing, 2026-09). Nothing like it is said of
 * Omni.
 */
export const withVeosRules = (told: ClipVerdict): ClipVerdict =>
  told.verdict === 'REFUSED_BY_SAFETY' || told.verdict === 'REFUSED_AS_ASKED'
    ? { ...told, bill: { usage: null, isFree: true } satisfies ClipBill }
    : told;
