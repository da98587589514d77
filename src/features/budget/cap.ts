import type { InputIssue } from '../../core/errors.ts';

/** Largest cap, in cents: what GraphQL's Int holds, 21 million dollars. */
const MAX_CENTS = 2_147_483_647;

/** What is wrong with a cap; null lifts it. */
export function capIssues(name: string, cents: number | null): InputIssue[] {
  if (cents === null || (Number.isInteger(cents) && cents >= 0 && cents <= MAX_CENTS)) return [];
  const message = `Must be whole cents, 0 (nothing but what is free) or more, or null for no cap; not ${cents}.`;
  return [{ path: [name], message }];
}
