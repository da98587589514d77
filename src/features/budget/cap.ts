import type { InputIssue } from '../../core/errors.ts';
import { inDollars, MICRO_USD_PER_CENT } from './money.ts';

/** Cents; null for no cap. */
export type Cap = number | null;

/** Largest cap, in cents: what GraphQL's Int holds, 21 million dollars. */
const MAX_CENTS = 2_147_483_647;

/** What is wrong with a cap; null lifts it. */
export function capIssues(name: string, cents: Cap): InputIssue[] {
  if (cents === null || (Number.isInteger(cents) && cents >= 0 && cents <= MAX_CENTS)) return [];
  const message = `Must be whole cents, 0 (nothing but what is free) or more, or null for no cap; not ${cents}.`;
  return [{ path: [name], message }];
}

/** What the log says of a cap that was set. */
export const capText = (what: string, cents: Cap): string =>
  cents === null
    ? `The cap of the ${what} was lifted.`
    : `The cap of the ${what} is ${inDollars(cents * MICRO_USD_PER_CENT)}.`;
