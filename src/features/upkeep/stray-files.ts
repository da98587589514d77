/** Files that no row names: what a step left that was killed between its file and its row, or a deletion halfway. */
import type { Ctx } from '../../platform/context.ts';
import type { ListedFile } from '../../platform/storage/listed-file.ts';
import { recordAudit } from '../audit/audit.ts';
import { readNamedFiles } from './all-files.ts';
import { whileIdle } from './mending-turn.ts';

const UUID = String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`;
const KEY = new RegExp(String.raw`^(${UUID})/(?:projects/(${UUID})/.|videos/(${UUID})\.\w+$)`);

/** Files removed in one transaction: it holds the project meanwhile. */
const REMOVED_AT_ONCE = 50;
/** Keys that the log entry lists. */
const LISTED_KEYS = 20;

/**
 * Removes stray files and records how many.
 *
 * Only what belongs to a project that this database's log knows: another database's files, of an installation that was
 * pointed to the same place, are nobody's business here.
 *
 * @returns how many it removed.
 */
export async function removeStrays(
  ctx: Ctx,
  strays: ListedFile[],
  signal: AbortSignal | undefined,
): Promise<number> {
  const removed: string[] = [];
  for (const [projectId, keys] of await filesByProject(ctx, strays)) {
    for (let start = 0; start < keys.length; start += REMOVED_AT_ONCE) {
      if (signal?.aborted) break;
      removed.push(...(await removeUnnamed(ctx, projectId, keys.slice(start, start + REMOVED_AT_ONCE))));
    }
  }
  for (const [workspaceId, keys] of Map.groupBy(removed, workspaceOf)) await record(ctx, workspaceId, keys);
  return removed.length;
}

/** The keys of each project that the log knows. */
export async function filesByProject({ db }: Ctx, files: ListedFile[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const [owner, own] of Map.groupBy(files, ({ key }) => ownerOf(key))) {
    const [kind, id] = owner?.split(':') ?? [];
    if (id === undefined) continue;
    const where = kind === 'run' ? { runId: id } : { projectId: id };
    const entry = await db.auditLog.findFirst({ where, select: { projectId: true } });
    if (!entry?.projectId) continue;
    const keys = own.map(({ key }) => key);
    found.set(entry.projectId, [...(found.get(entry.projectId) ?? []), ...keys]);
  }
  return found;
}

/** Whose a file is, as its key tells: `project:<id>`, or `run:<id>` for a film. */
function ownerOf(key: string): string | null {
  const [, , projectId, runId] = KEY.exec(key) ?? [];
  if (projectId !== undefined) return `project:${projectId}`;
  return runId === undefined ? null : `run:${runId}`;
}

const workspaceOf = (key: string) => key.slice(0, key.indexOf('/'));

/** Looks again under the project's lock: a run may have made and named them since. */
async function removeUnnamed(ctx: Ctx, projectId: string, keys: string[]): Promise<string[]> {
  const removed = await whileIdle(ctx, projectId, async (tx) => {
    const named = new Set((await readNamedFiles(tx, projectId)).map(({ key }) => key));
    const unnamed = keys.filter((key) => !named.has(key) && !isFolderOf(key, named));
    for (const key of unnamed) await ctx.storage.remove(key);
    return unnamed;
  });
  return removed ?? [];
}

/** What lies in the place of a folder is somebody else's: with it, all below it would go from the shelf. */
const isFolderOf = (key: string, named: ReadonlySet<string>): boolean =>
  [...named].some((other) => other.startsWith(`${key}/`));

async function record(ctx: Ctx, workspaceId: string, keys: string[]): Promise<void> {
  const actor = { ...ctx.actor, workspaceId };
  const what =
    keys.length === 1 ? 'One file that no row names was' : `${keys.length} files that no row names were`;
  await ctx.db.$transaction((tx) =>
    recordAudit(tx, actor, {
      subject: { type: 'Workspace', id: workspaceId },
      projectId: null,
      eventType: 'STATE_CHANGE',
      message: `${what} removed from the storage.`,
      details: { count: keys.length, keys: keys.slice(0, LISTED_KEYS) },
    }),
  );
}
