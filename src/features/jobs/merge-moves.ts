/** What is told of moves of a job and its rows that came together. Pure. */
import type { NumberedEntry } from '../audit/log/numbered-entry.ts';

/**
 * The last of them, which shows what all have come to; before it the last row that has no result, for whoever wants to see
 * what goes wrong while it does.
 */
export function mergeMoves(entries: readonly NumberedEntry[]): NumberedEntry[] {
  const last = entries.at(-1);
  const wrong = entries.findLast(({ subjectType, level }) => subjectType === 'JobRow' && level !== 'INFO');
  return [...new Set([wrong, last])].filter((entry) => entry !== undefined);
}
