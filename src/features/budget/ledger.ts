/** Reading the ledger. */
import { type InputIssue, refuseIssues } from '../../core/errors.ts';
import { ownedThrough } from '../../platform/database/owned.ts';

/** The entries `actor` may see. */
export const visibleEntries = ownedThrough('LedgerEntry');

/** Days (UTC) as `2026-11-22`, both inclusive; null leaves that end open. */
export type DayRange = { from: string | null; to: string | null };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const isDay = (value: string) =>
  DAY.test(value) && new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value);

/**
 * The range as dates.
 *
 * @throws {InvalidInputError} naming `from` and `to`, those that are no days.
 */
export function checkRange({ from, to }: DayRange): { from: Date | null; to: Date | null } {
  const issues: InputIssue[] = Object.entries({ from, to }).flatMap(([name, day]) =>
    day === null || isDay(day) ? [] : [{ path: [name], message: 'Must be a day, as in "2026-11-22".' }],
  );
  if (from !== null && to !== null && from > to)
    issues.push({ path: ['to'], message: 'Must not be before `from`.' });
  refuseIssues(issues);
  return { from: from === null ? null : new Date(from), to: to === null ? null : new Date(to) };
}
