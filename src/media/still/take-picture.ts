import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';
import type { PictureSize } from './redraw-picture.ts';

export type TakenPicture = PictureSize & { mimeType: 'image/png' | 'image/jpeg' };

export type TakePictureJob = { file: string };

/** Ours: a picture of 64 million pixels takes about four. */
const CPU_SECONDS = 30;
/** Far more than a JPEG of any size that models draw. */
const FILE_BYTES = 256 * 2 ** 20;

/**
 * Makes a picture from outside one that every model and browser takes, in a process of its own: decodes it whole, and
 * writes a WebP or an AVIF anew as a JPEG, in its own place. A PNG or JPEG stays byte for byte.
 *
 * @throws {DomainError} MEDIA_FAILED, when it is none of these, cut off or damaged.
 */
export const takePicture = (
  job: TakePictureJob,
  options: Pick<ChildOptions, 'signal'> = {},
): Promise<TakenPicture> =>
  runInChild<TakenPicture>(siblingScript(import.meta.url, './take-picture.child'), job, {
    ...options,
    cpuSeconds: CPU_SECONDS,
    fileBytes: FILE_BYTES,
  });
