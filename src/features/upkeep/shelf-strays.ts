import type { Ctx } from '../../platform/context.ts';
import type { ListedFile } from '../../platform/storage/listed-file.ts';
import { filesByProject } from './stray-files.ts';

/**
 * Removes from the shelf of this process what nobody waits for any more: a frame or clip of a deleted project, or one that
 * other words or another clip took the place of. Only of projects that this database's log knows, as everywhere.
 *
 * @returns how many files it removed.
 */
export async function clearShelf(ctx: Ctx, before: Date): Promise<number> {
  const { db, storage } = ctx;
  const old: ListedFile[] = [];
  for await (const file of storage.shelf.list()) if (file.modifiedAt < before) old.push(file);
  const keys = [...(await filesByProject(ctx, old)).values()].flat();
  const named = { where: { filePath: { in: keys } }, select: { filePath: true } };
  const awaited = [...(await db.unkeptFrame.findMany(named)), ...(await db.unkeptVideoClip.findMany(named))];
  const strays = keys.filter((key) => !awaited.some(({ filePath }) => filePath === key));
  for (const key of strays) await storage.shelf.remove(key);
  return strays.length;
}
