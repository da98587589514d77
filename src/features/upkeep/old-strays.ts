/** Strays where files lay before they lay under `<workspace>/files`: by their project, `…/projects/<id>/…`, or their run, `…/videos/<id>.mp4`. */
import { idAmong, scopesOf } from '../../core/scopes.ts';
import type { Ctx } from '../../platform/context.ts';
import type { ListedFile } from '../../platform/storage/listed-file.ts';
import { ofScope } from '../audit/log/log-filter.ts';
import { readNamedFiles } from './all-files.ts';
import { whileIdle } from './reconcile-turn.ts';

const UUID = String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`;
const KEY = new RegExp(String.raw`^(${UUID})/(?:projects/(${UUID})/.|videos/(${UUID})\.\w+$)`);

/**
 * The keys of each project that the log knows: another database's files, of an installation that was pointed to the same
 * place, are nobody's business here.
 */
export async function filesByProject({ db }: Ctx, files: ListedFile[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const [owner, own] of Map.groupBy(files, ({ key }) => ownerOf(key))) {
    if (owner === null) continue;
    const entry = await db.auditLog.findFirst({ where: ofScope(owner), select: { scopes: true } });
    const projectId = entry && idAmong(entry.scopes, 'Project');
    if (!projectId) continue;
    const keys = own.map(({ key }) => key);
    found.set(projectId, [...(found.get(projectId) ?? []), ...keys]);
  }
  return found;
}

/** The scope of whose a file is, as its key tells: of a project, or of a run for a film. */
function ownerOf(key: string): string | null {
  const [, , projectId, runId] = KEY.exec(key) ?? [];
  return scopesOf({ Project: projectId, PipelineRun: runId })[0] ?? null;
}

/** Removes those of a project's files that no row names. Looks again under the project's lock: a run may have named them. */
export async function removeOld(ctx: Ctx, projectId: string, keys: string[]): Promise<string[]> {
  const removed = await whileIdle(ctx, projectId, async (tx) => {
    const rows = await readNamedFiles(tx, projectId);
    const named = new Set(rows.map(({ key }) => key));
    const unnamed = keys.filter((key) => !named.has(key));
    await ctx.storage.remove(...unnamed);
    return unnamed;
  });
  return removed ?? [];
}
