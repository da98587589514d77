import { basename, extname, join } from 'node:path';
import { writeWhole } from '../write/atomic-file.ts';
import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';
import type { SheetFrame, StillJob } from './still.child.ts';

/** Minutes: a still decodes a second or two of film. */
const CPU_SECONDS = 120;

/**
 * Writes the picture shown at `atSeconds` as a JPEG in full size; past the end, the last one. The
 * file appears whole or not at all.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when it cannot be decoded.
 */
export const poster = (
  file: string,
  atSeconds: number,
  toFile: string,
  options: Pick<ChildOptions, 'signal'> = {},
): Promise<void> => makeStill({ kind: 'POSTER', file, atSeconds }, toFile, options);

/**
 * Writes a JPEG with a grid of pictures, four to a row, on a dark ground. The file appears whole or
 * not at all.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when one cannot be decoded.
 */
export const contactSheet = (
  frames: readonly SheetFrame[],
  toFile: string,
  options: Pick<ChildOptions, 'signal'> = {},
): Promise<void> => makeStill({ kind: 'CONTACT_SHEET', frames }, toFile, options);

const makeStill = (still: StillJob['still'], toFile: string, options: Pick<ChildOptions, 'signal'>) =>
  writeWhole(toFile, async (directory) => {
    const file = join(directory, `still${extname(basename(toFile))}`);
    const job: StillJob = { still, toFile: file };
    await runInChild(siblingScript(import.meta.url, './still.child'), job, {
      ...options,
      cpuSeconds: CPU_SECONDS,
    });
    return { file, result: undefined };
  });
