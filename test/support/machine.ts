/** Machines with workers and a disk each, and disks without room. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { fileKeys } from '../../src/features/assets/file-keys.ts';
import type { Project } from '../../src/generated/prisma/client.ts';
import { openLog } from '../../src/platform/log.ts';
import { openLocalStorage } from '../../src/platform/storage/local-storage.ts';
import { startWorker } from '../../src/worker/worker.ts';
import type { TestPlatform } from './test-platform.ts';

/** Folder of a platform's files. */
export const filesOf = ({ storage }: Pick<TestPlatform, 'storage'>): string =>
  path.dirname(storage.locationOf('any'));

/** How many files wait on the shelf of a platform's own folder. */
export const shelvedOn = async (platform: Pick<TestPlatform, 'storage'>): Promise<number> =>
  (await readdir(path.join(filesOf(platform), '.shelf'))).length;

/** A process of workers with a storage of its own, until the test ends. */
export async function openMachineAt({ ctx, storage: own }: TestPlatform, files = filesOf({ storage: own })) {
  const storage = await openLocalStorage(files);
  const worker = await startWorker({ ...ctx, storage }, { concurrency: 2, log: openLog('fatal') });
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await worker.close();
    await storage.close();
  };
  onTestFinished(close);
  return { close };
}

/**
 * Has the files of a project's scenes refused: where they would be lie folders. Of clips, it plans those that there are none of.
 *
 * @returns what takes them away.
 */
export async function takeRoom(
  { db, storage }: Pick<TestPlatform, 'db' | 'storage'>,
  { id: projectId, workspaceId }: Pick<Project, 'id' | 'workspaceId'>,
  kind: 'keyframes' | 'clips',
): Promise<() => Promise<void>> {
  const names: string[] = [];
  for (const { id: sceneId } of await db.scene.findMany({ where: { projectId } })) {
    if (kind === 'keyframes') names.push(...['START', 'END'].map((end) => `keyframe:${sceneId}:${end}:0`));
    else {
      const planned = await db.videoClip.findFirst({ where: { sceneId, supersededAt: null } });
      const { id } = planned ?? (await db.videoClip.create({ data: { id: newId(), sceneId } }));
      names.push(`video-clip:${id}`);
    }
  }
  const { keyOf } = await fileKeys(db);
  const keys = names.flatMap((name) =>
    ['png', 'jpg', 'mp4'].map((ending) => keyOf(workspaceId, name, ending)),
  );
  for (const key of keys) await mkdir(storage.locationOf(key), { recursive: true });
  return async () => {
    for (const key of keys) await rm(storage.locationOf(key), { recursive: true });
  };
}
