import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';
import type { PictureSize } from './redraw-picture.ts';

export type FitJob = {
  /** Written anew in its own place. */
  file: string;
  /** px of the part in the middle that is kept. */
  part: PictureSize;
  /** px that this part gets. */
  size: PictureSize;
};

/** Ours: a picture of 64 million pixels takes about four. */
const CPU_SECONDS = 30;
/** Far more than a JPEG of any size that models draw. */
const FILE_BYTES = 256 * 2 ** 20;

/**
 * Crops a PNG or JPEG that was looked at before (`takePicture`) around its middle and scales what is left, as a JPEG, in a
 * process of its own.
 *
 * @throws {DomainError} MEDIA_FAILED, when it cannot be decoded or written.
 */
export const fitPicture = (job: FitJob, options: Pick<ChildOptions, 'signal'> = {}): Promise<void> =>
  runInChild(siblingScript(import.meta.url, './fit-picture.child'), job, {
    ...options,
    cpuSeconds: CPU_SECONDS,
    fileBytes: FILE_BYTES,
  });
