import type { Ctx } from '../../platform/context.ts';
import type { Log } from '../../platform/log.ts';
import { followLog, type NumberedEntry } from './read-log.ts';

const LEVELS = { INFO: 'info', WARNING: 'warn', ERROR: 'error' } as const;

/**
 * Writes one line to the process's log for each change, once it is committed.
 *
 * @param actorName only that actor's changes; every process then logs what it did itself. Undefined logs all.
 * @returns a function that ends it.
 */
export async function logChanges(
  ctx: Ctx,
  log: Log,
  actorName: string | undefined,
): Promise<() => Promise<void>> {
  const entries = await followLog(ctx, {}, null);
  const finished = (async () => {
    for await (const entry of entries) {
      if (actorName === undefined || entry.actor === actorName) write(log, entry);
    }
  })().catch((error: unknown) => log.error({ err: error }, 'Changes are no longer logged.'));
  return async () => {
    await entries.return?.();
    await finished;
  };
}

function write(log: Log, entry: NumberedEntry): void {
  const { level, projectId, runId, subjectType, subjectId, message } = entry;
  const ids = {
    ...(projectId && { projectId }),
    ...(runId && { runId }),
    [`${subjectType.charAt(0).toLowerCase()}${subjectType.slice(1)}Id`]: subjectId,
  };
  log[LEVELS[level]](ids, message);
}
