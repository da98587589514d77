import { z } from 'zod';
import type { NumberedEntry } from '../log/numbered-entry.ts';

const status = z.object({ from: z.string(), to: z.string() });

/** Whether an entry says no more than how far something is: it stays in its status. */
function isProgress({ eventType, details }: NumberedEntry): boolean {
  const { data } = status.safeParse(details);
  return eventType === 'STATE_CHANGE' && data !== undefined && data.from === data.to;
}

/** Leaves out progress of a subject if what comes next of it is progress too. Transitions all stay. */
export function mergeProgress(entries: readonly NumberedEntry[]): NumberedEntry[] {
  const followedByProgress = new Map<string, boolean>();
  const kept = entries.toReversed().filter((entry) => {
    const progress = isProgress(entry);
    const overtaken = progress && followedByProgress.get(entry.subjectId) === true;
    followedByProgress.set(entry.subjectId, progress);
    return !overtaken;
  });
  return kept.toReversed();
}
