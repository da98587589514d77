/** Whether the disk has room for a run, asked before it starts. */
import { DomainError } from '../../../core/errors.ts';
import type { Project } from '../../../generated/prisma/client.ts';
import type { Storage } from '../../../platform/storage/storage.ts';
import { mostScenes } from '../../storyboards/scene-count.ts';

/** Below this a run is warned (DOMAIN, Rules). */
export const LOW_DISK_BYTES = 2 * 1024 ** 3;
/** A 720p picture as PNG, two a scene; measured 1.2 MB at most, rounded up. */
const BYTES_PER_SCENE = 4 * 1024 ** 2;
/** A second of 720p film thrice: clip, film, and the film while it is written. Measured 0.3 MB, rounded up. */
const BYTES_PER_SECOND = 3 * 512 * 1024;

/** Bytes a whole film of this project may take, frames and clips included. */
export const bytesNeeded = (project: Pick<Project, 'targetDuration' | 'targetClipDuration'>): number =>
  mostScenes(project) * (BYTES_PER_SCENE + project.targetClipDuration * BYTES_PER_SECOND);

/**
 * Looks at the free disk space before a run.
 *
 * @returns what the person should know, or null.
 * @throws {DomainError} `INSUFFICIENT_DISK` if the run would not fit: free some space and launch again.
 */
export const checkDisk = (
  storage: Storage,
  project: Pick<Project, 'targetDuration' | 'targetClipDuration'>,
): Promise<string | null> => checkRoom(storage, bytesNeeded(project));

/** The same, for a run of which it is known how many bytes it needs. */
export async function checkRoom(storage: Storage, needed: number): Promise<string | null> {
  const free = await storage.freeBytes();
  if (free < needed) {
    const message = `The disk has ${inMegabytes(free)} free and this run may need ${inMegabytes(needed)}; free some space.`;
    throw new DomainError('INSUFFICIENT_DISK', message);
  }
  return free < LOW_DISK_BYTES ? `The disk is low: ${inMegabytes(free)} free.` : null;
}

const inMegabytes = (bytes: number) => `${Math.ceil(bytes / 1024 ** 2).toLocaleString('en')} MB`;
