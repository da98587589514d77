import type { Ctx } from '../../platform/context.ts';
import type { ListedFile } from '../../platform/storage/listed-file.ts';
import { filesByProject } from './old-strays.ts';
import { settledStrays } from './stray-files.ts';

/**
 * Removes from the shelf of this process what nobody waits for any more: a frame or clip of a deleted project, or one that
 * other words or another clip took the place of. Only what is this database's, as everywhere.
 *
 * @returns how many files it removed.
 */
export async function clearShelf(ctx: Ctx, before: Date): Promise<number> {
  const { db, storage } = ctx;
  const old: ListedFile[] = [];
  for await (const file of storage.shelf.list()) if (file.modifiedAt < before) old.push(file);
  const settled = (await settledStrays(ctx, old)).map(({ key }) => key);
  const keys = [...settled, ...[...(await filesByProject(ctx, old)).values()].flat()];
  const named = { where: { filePath: { in: keys } }, select: { filePath: true } };
  const awaited = [...(await db.unkeptFrame.findMany(named)), ...(await db.unkeptVideoClip.findMany(named))];
  const strays = keys.filter((key) => !awaited.some(({ filePath }) => filePath === key));
  await storage.shelf.remove(...strays);
  return strays.length;
}
