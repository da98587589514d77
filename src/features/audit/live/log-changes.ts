import { encodeGlobalId, type NodeType } from '../../../core/ids.ts';
import { objectOf, wordOf } from '../../../core/scopes.ts';
import type { Log } from '../../../platform/log.ts';
import { eventFieldOf } from '../log/event-types.ts';
import type { NumberedEntry } from '../log/numbered-entry.ts';
import { EVERYBODY } from '../log/log-filter.ts';
import type { LogTailCtx } from './log-tail.ts';
import { followLog } from './read-log.ts';

const LEVELS = { INFO: 'info', WARNING: 'warn', ERROR: 'error' } as const;

/**
 * Writes one line to the process's log for each change, once it is committed.
 *
 * @param isOurs whether an actor's changes are this process's to log: with many processes, each tells of its own.
 * @returns a function that ends it.
 */
export async function logChanges(
  ctx: LogTailCtx,
  log: Log,
  isOurs: (actor: string) => boolean,
): Promise<() => Promise<void>> {
  const entries = await followLog({ ...ctx, actor: EVERYBODY }, {}, null);
  const finished = (async () => {
    for await (const entry of entries) {
      if (isOurs(entry.actor)) write(log, entry);
    }
  })().catch((error: unknown) => log.error({ err: error }, 'Changes are no longer logged.'));
  return async () => {
    await entries.return?.();
    await finished;
  };
}

function write(log: Log, { level, message, ...entry }: NumberedEntry): void {
  log[LEVELS[level]](idsOf(entry), message);
}

/** Ids as the API gives them, so that a line can be pasted into a query. */
function idsOf({ scopes, subjectType, subjectId }: Omit<NumberedEntry, 'level' | 'message'>) {
  const ids = scopes.flatMap((scope) => {
    const object = objectOf(scope);
    return object ? [[`${wordOf(scope)}Id`, encodeGlobalId(object.type, object.id)]] : [];
  });
  // What those are made of: its entries carry an id of their own beside theirs.
  const own = eventFieldOf(subjectType);
  return {
    ...Object.fromEntries(ids),
    ...(own && { [`${own}Id`]: encodeGlobalId(subjectType as NodeType, subjectId) }),
  };
}
