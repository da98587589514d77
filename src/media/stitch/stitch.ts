import { basename, join } from 'node:path';
import { DomainError } from '../../core/errors.ts';
import { writeWhole } from '../write/atomic-file.ts';
import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';
import type { Fitting } from '../still/fitting.ts';
import type { Probe } from '../read/probe.ts';

/** A named stretch of a film, as players list them. */
export type Chapter = { title: string; startSeconds: number; endSeconds: number };

export type StitchRequest = {
  /** Clip files, in order. */
  clips: string[];
  toFile: string;
  /** Seconds each clip overlaps the next, rounded to whole frames and at most half of either clip; 0 for hard cuts. */
  crossfadeSeconds: number;
  /** px of the film. Clips of another size are fitted in, by the rule of `fitting.ts`. */
  size: { width: number; height: number };
  /** Of the chapters, one for each clip; none make a film without chapters. */
  titles: string[];
};

/**
 * What the clips' picture went through: COPY not a frame was encoded anew, TRANSITIONS only around
 * the crossfades, FULL those clips that were unlike the others or the film were encoded whole.
 */
export type StitchMethod = 'COPY' | 'TRANSITIONS' | 'FULL';

/** The finished film, measured, and how it came about. */
export type Stitched = Probe & {
  method: StitchMethod;
  /** Where each clip begins in the film. */
  clipStartsSeconds: number[];
  /** How long each clip overlaps the next: less than was asked for where one of the two is too short. */
  crossfadesSeconds: number[];
  chapters: Chapter[];
  /** How each clip was put into the film's frame. */
  fittings: Fitting[];
};

export type StitchJob = Omit<StitchRequest, 'toFile'> & { directory: string; fileName: string };

/**
 * Joins clips to one MP4, in a process of its own. The file appears at `toFile` whole, over what was
 * there, or not at all; nothing else is left, also when aborted.
 *
 * Lengths are measured, not believed. A clip without sound is given silence.
 *
 * @throws {DomainError} NOTHING_TO_STITCH without clips.
 * @throws {DomainError} MEDIA_FAILED, naming the file, when a clip cannot be read or the film not written.
 */
export async function stitch(
  { toFile, ...request }: StitchRequest,
  options: Pick<ChildOptions, 'signal' | 'onProgress'> = {},
): Promise<Stitched> {
  if (request.clips.length === 0) throw new DomainError('NOTHING_TO_STITCH', 'There is no clip to stitch.');
  return writeWhole(toFile, async (directory) => {
    const fileName = `film-${basename(toFile)}`;
    const job: StitchJob = { ...request, directory, fileName };
    const result = await runInChild<Stitched>(siblingScript(import.meta.url, './stitch.child'), job, options);
    return { file: join(directory, fileName), result };
  });
}
