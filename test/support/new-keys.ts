/** Files of a seeded film, put where files lie now. */
import { fileKeys } from '../../src/features/assets/file-keys.ts';
import type { Ctx } from '../../src/platform/context.ts';
import { writeFile } from 'node:fs/promises';

/** Puts a file under a new key of the actor's workspace. */
export async function putFile({ db, storage, actor }: Ctx, name: string, text = name): Promise<string> {
  const key = (await fileKeys(db)).keyOf(actor.workspaceId, name, 'png');
  await storage.withTemporary('png', async (file) => {
    await writeFile(file, text);
    await storage.keep(file, key);
  });
  return key;
}

/** Has every frame and clip of a project name a file under a new key; those of before are removed. @returns the keys. */
export async function moveToNewKeys(ctx: Ctx, projectId: string): Promise<string[]> {
  const keys: string[] = [];
  const moved = async (id: string, old: string | null) => {
    const key = await putFile(ctx, id);
    keys.push(key);
    if (old !== null) await ctx.storage.remove(old);
    return key;
  };
  const where = { scene: { projectId } };
  for (const { id, filePath } of await ctx.db.keyframe.findMany({ where }))
    await ctx.db.keyframe.update({ where: { id }, data: { filePath: await moved(id, filePath) } });
  for (const { id, localPath } of await ctx.db.videoClip.findMany({ where }))
    await ctx.db.videoClip.update({ where: { id }, data: { localPath: await moved(id, localPath) } });
  return keys;
}
