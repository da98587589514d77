import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';

export type UprightJob = { file: string };

/** One picture is decoded. */
const CPU_SECONDS = 60;

/**
 * Tells how large a film's pictures are as they are shown: upright, of square pixels, px, even. In a process of its own.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when there is no picture in it.
 */
export const uprightOf = (
  file: string,
  { signal }: Pick<ChildOptions, 'signal'> = {},
): Promise<{ width: number; height: number }> =>
  runInChild(siblingScript(import.meta.url, './upright.child'), { file } satisfies UprightJob, {
    signal,
    cpuSeconds: CPU_SECONDS,
  });
