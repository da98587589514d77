import { resolve } from 'node:path';
import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';
import type { SeenFaces } from './face.ts';

export type FacesRequest = {
  file: string;
  /** The stretch, on the film's clock. */
  startSeconds: number;
  endSeconds: number;
  /** When other shots begin; the first picture of each is looked at. */
  cuts: readonly number[];
};

export type FacesJob = FacesRequest & {
  /** From one picture to the next that is looked at, at least. */
  everySeconds: number;
};

/** Looked at in a second: heads move little in a quarter of it. */
const EVERY_SECONDS = 0.25;
/** Most pictures that are looked at of one stretch, beside the first ones of shots; a longer one has fewer of a second. */
const MOST_PICTURES = 4_000;

/** CPU seconds: of a 4K film a second takes three; others less than one. */
const cpuSecondsFor = (seconds: number): number => 300 + 10 * seconds;
/** Its own heap has only what was found; the net's memory, some 100 MB, is not in it. */
const HEAP_MEBIBYTES = 384;

/**
 * Finds the faces in a stretch of a film, four times a second and where shots begin, in a process of its own. Faces from the
 * front and half from the side are known, from about a thirtieth of the picture's width on; heads from behind are not.
 *
 * @param options `onProgress` is called with the seconds of the stretch that were looked at.
 * @returns what was seen in each picture that was looked at, in order, on the film's clock.
 * @throws the signal's reason, when aborted.
 * @throws {DomainError} MEDIA_FAILED, naming the file, when it cannot be decoded.
 */
export function findFaces(
  { file, startSeconds, endSeconds, cuts }: FacesRequest,
  { signal, onProgress }: Pick<ChildOptions, 'signal'> & { onProgress?: (secondsDone: number) => void } = {},
): Promise<SeenFaces[]> {
  const seconds = Math.max(0, endSeconds - startSeconds);
  const job: FacesJob = {
    file: resolve(file),
    startSeconds,
    endSeconds,
    cuts: cuts.filter((cut) => cut > startSeconds && cut < endSeconds),
    everySeconds: Math.max(EVERY_SECONDS, seconds / MOST_PICTURES),
  };
  return runInChild<SeenFaces[]>(siblingScript(import.meta.url, './faces.child'), job, {
    signal,
    cpuSeconds: cpuSecondsFor(seconds),
    heapMebibytes: HEAP_MEBIBYTES,
    onProgress: (share) => onProgress?.(share * seconds),
  });
}
