import { basename, join } from 'node:path';
import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';
import type { Probe } from '../read/probe.ts';
import { writeWhole } from '../write/atomic-file.ts';

export type ProxyRequest = {
  file: string;
  /** As a probe told it. */
  durationSeconds: number;
  /** An MP4. */
  toFile: string;
};

export type ProxyJob = { file: string; durationSeconds: number; directory: string; fileName: string };

/** CPU seconds for a second of film: several times what a 4K one takes. */
const CPU_SHARE = 8;

/**
 * Writes a copy of a film that every browser plays and can step through, in a process of its own: H.264 of at most 720 lines,
 * upright, in BT.709, with a keyframe a second, and AAC in stereo. Its times are the film's. The file appears whole or not at all.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when it cannot be decoded.
 */
export const makeProxy = (
  { file, durationSeconds, toFile }: ProxyRequest,
  { signal, onProgress }: Pick<ChildOptions, 'signal'> & { onProgress?: (secondsDone: number) => void } = {},
): Promise<Probe> =>
  writeWhole(toFile, async (directory) => {
    const fileName = `proxy-${basename(toFile)}`;
    const job: ProxyJob = { file, durationSeconds, directory, fileName };
    const result = await runInChild<Probe>(siblingScript(import.meta.url, './proxy.child'), job, {
      signal,
      cpuSeconds: 600 + CPU_SHARE * durationSeconds,
      onProgress: (share) => onProgress?.(share * durationSeconds),
    });
    return { file: join(directory, fileName), result };
  });
