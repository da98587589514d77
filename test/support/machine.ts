/** Machines with workers and a disk each, and disks without room. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Project } from '../../src/generated/prisma/client.ts';
import { openLog } from '../../src/platform/log.ts';
import { openLocalStorage } from '../../src/platform/storage/local-storage.ts';
import { startWorker } from '../../src/worker/worker.ts';
import type { TestPlatform } from './test-platform.ts';

/** Folder of a platform's files. */
export const filesOf = ({ storage }: Pick<TestPlatform, 'storage'>): string =>
  path.dirname(storage.locationOf('any'));

/** How many files of a film wait on the shelf of a platform's own folder. */
export async function shelvedOf(
  platform: Pick<TestPlatform, 'storage'>,
  { projectId }: { projectId: string },
): Promise<number> {
  const names = await readdir(path.join(filesOf(platform), '.shelf'));
  return names.filter((name) => name.includes(projectId)).length;
}

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
 * Has a project's files of one kind refused: where their folder would be lies a file.
 *
 * @returns what takes it away.
 */
export async function takeRoom(
  platform: Pick<TestPlatform, 'storage'>,
  { id, workspaceId }: Pick<Project, 'id' | 'workspaceId'>,
  kind: 'keyframes' | 'clips',
): Promise<() => Promise<void>> {
  const project = path.join(filesOf(platform), workspaceId, 'projects', id);
  await mkdir(project, { recursive: true });
  const obstacle = path.join(project, kind);
  await writeFile(obstacle, '');
  return () => rm(obstacle);
}
