import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';

/** px */
export type PictureSize = { width: number; height: number };

export type RedrawJob = {
  file: string;
  toFile: string;
  /** px; a larger picture is made smaller, a smaller one stays as it is. */
  longestSide: number;
};

/** Ours: a picture of 40 million pixels takes about two. */
const CPU_SECONDS = 20;
/** Far more than a JPEG of any size that is asked for. */
const FILE_BYTES = 64 * 2 ** 20;

/**
 * Writes a PNG or JPEG from outside anew as a JPEG on white, in a process of its own. Nothing but its pixels gets
 * further: no place where it was taken, no profile, nothing that hides behind it.
 *
 * Decoding takes 4 bytes a pixel: look at the size that its header tells (`readPictureHeader`) before.
 *
 * @returns the size of what was written.
 * @throws {DomainError} MEDIA_FAILED, when it cannot be decoded or takes too long.
 */
export const redrawPicture = (
  job: RedrawJob,
  options: Pick<ChildOptions, 'signal'> = {},
): Promise<PictureSize> =>
  runInChild<PictureSize>(siblingScript(import.meta.url, './redraw-picture.child'), job, {
    ...options,
    cpuSeconds: CPU_SECONDS,
    fileBytes: FILE_BYTES,
  });
