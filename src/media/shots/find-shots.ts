import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';

export type ShotsJob = {
  file: string;
  /** As a probe told it; only progress depends on it. */
  durationSeconds: number;
};

/** CPU seconds: a 4K film takes one for a second of it at most; others a tenth. */
const cpuSecondsFor = (durationSeconds: number): number => 600 + 2 * durationSeconds;

/**
 * Finds where the shots of a film change, by looking at every picture, in a process of its own. Flashes, moves and dissolves are
 * no changes.
 *
 * @param options `onProgress` is called with the seconds of film that were looked at.
 * @returns when the first picture of each shot but the first is shown, on the film's clock, ascending.
 * @throws {DomainError} MEDIA_FAILED, naming the file, when it cannot be decoded.
 */
export const findShots = (
  job: ShotsJob,
  { signal, onProgress }: Pick<ChildOptions, 'signal'> & { onProgress?: (secondsDone: number) => void } = {},
): Promise<number[]> =>
  runInChild<number[]>(siblingScript(import.meta.url, './shots.child'), job, {
    signal,
    cpuSeconds: cpuSecondsFor(job.durationSeconds),
    onProgress: (share) => onProgress?.(share * job.durationSeconds),
  });
