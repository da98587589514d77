/** Files that no row names: what a step left that was killed between its file and its row, or a deletion halfway. */
import type { Ctx } from '../../platform/context.ts';
import type { ListedFile } from '../../platform/storage/listed-file.ts';
import { fileKeys, workspaceOf } from '../assets/file-keys.ts';
import { recordAudit } from '../audit/log/audit.ts';
import { WORKING_STATUSES } from '../runs/run-state.ts';
import { namedAmong } from './all-files.ts';
import { takeReconcileTurn } from './reconcile-turn.sql.ts';
import { filesByProject, removeOld } from './old-strays.ts';

/** Files removed in one transaction: no other process reconciles meanwhile. */
const REMOVED_AT_ONCE = 50;
/** Keys that the log entry lists. */
const LISTED_KEYS = 20;

/**
 * Removes stray files and records how many. Only this database's: those of another, of an installation that was pointed
 * to the same place, are nobody's business here.
 *
 * @param strays older than any step needs between its file and the row that names it.
 * @returns how many it removed.
 */
export async function removeStrays(
  ctx: Ctx,
  strays: ListedFile[],
  signal: AbortSignal | undefined,
): Promise<number> {
  const removed: string[] = [];
  for (const keys of inParts((await settledStrays(ctx, strays)).map(({ key }) => key))) {
    if (signal?.aborted) break;
    removed.push(...(await removeUnnamedNow(ctx, keys)));
  }
  for (const [projectId, old] of await filesByProject(ctx, strays)) {
    for (const keys of inParts(old)) {
      if (signal?.aborted) break;
      removed.push(...(await removeOld(ctx, projectId, keys)));
    }
  }
  for (const [workspaceId, keys] of Map.groupBy(removed, workspaceOf)) await record(ctx, workspaceId, keys);
  return removed.length;
}

function* inParts(keys: string[]): Generator<string[]> {
  for (let start = 0; start < keys.length; start += REMOVED_AT_ONCE)
    yield keys.slice(start, start + REMOVED_AT_ONCE);
}

/**
 * Files of this database that no run at work can have in hand: each is older than every run that works in its workspace
 * now. A step is done with its file long before; a machine that slept meanwhile is not.
 */
export async function settledStrays({ db }: Ctx, files: ListedFile[]): Promise<ListedFile[]> {
  const keys = await fileKeys(db);
  const ours = files.filter(({ key }) => keys.isOurs(key));
  if (ours.length === 0) return [];
  const working = await db.pipelineRun.groupBy({
    by: ['workspaceId'],
    where: { status: { in: [...WORKING_STATUSES] } },
    _min: { createdAt: true },
  });
  const since = new Map(working.map(({ workspaceId, _min: { createdAt } }) => [workspaceId, createdAt]));
  return ours.filter(({ key, modifiedAt }) => {
    const oldest = since.get(workspaceOf(key));
    return !oldest || modifiedAt < oldest;
  });
}

/** Looks again while no other process reconciles: a row may have come to name them. */
const removeUnnamedNow = (ctx: Ctx, keys: string[]): Promise<string[]> =>
  ctx.db.$transaction(async (tx) => {
    if (!(await takeReconcileTurn(tx))) return [];
    const named = await namedAmong(tx, keys);
    const unnamed = keys.filter((key) => !named.has(key));
    await ctx.storage.remove(...unnamed);
    return unnamed;
  });

async function record(ctx: Ctx, workspaceId: string, keys: string[]): Promise<void> {
  const actor = { ...ctx.actor, workspaceId };
  const what =
    keys.length === 1 ? 'One file that no row names was' : `${keys.length} files that no row names were`;
  await ctx.db.$transaction((tx) =>
    recordAudit(tx, actor, {
      subject: { type: 'Workspace', id: workspaceId },
      eventType: 'STATE_CHANGE',
      message: `${what} removed from the storage.`,
      details: { count: keys.length, keys: keys.slice(0, LISTED_KEYS) },
    }),
  );
}
