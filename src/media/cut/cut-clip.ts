import { basename, join, resolve } from 'node:path';
import { InvalidInputError } from '../../core/errors.ts';
import type { TimedWord } from '../../text/timed-words.ts';
import type { CaptionStyle } from '../captions/styles.ts';
import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';
import type { Probe } from '../read/probe.ts';
import type { Loudness } from '../sound/loudness.ts';
import { writeWhole } from '../write/atomic-file.ts';
import type { Framing } from './framing.ts';

export type CutRequest = {
  /** The film. */
  file: string;
  /** Where the clip is put; an MP4. */
  toFile: string;
  /** On the film's clock. The clip has the pictures that begin from here on, and one that is shown for long before ... */
  startSeconds: number;
  /** ... and before this; past the film's end, to its end. */
  endSeconds: number;
  /** How its shots fill another frame than the film's; unless given, the pictures are whole and in their own size. */
  framing?: Framing;
  /** Drawn on the pictures. Words are on the film's clock; those that are not heard in the clip are left out. */
  captions?: { style: CaptionStyle; words: TimedWord[] };
  /** Brings its sound to -14 LUFS, with true peaks of at most -2 dBTP; unless false. */
  loudness?: boolean;
};

/** The finished clip, measured, and how it came about. */
export type CutClip = Probe & {
  /** When its first picture begins, on the film's clock. */
  startSeconds: number;
  /** When its last picture ends. */
  endSeconds: number;
  frames: number;
  /** Of them, those that are the film's, byte for byte; 0 where the picture was encoded whole. */
  copiedFrames: number;
  /** Of its sound as encoded. */
  loudness: Loudness;
  /** Those of the captions that are heard in it, on its own clock. */
  words: TimedWord[];
};

export type ClipJob = {
  file: string;
  directory: string;
  fileName: string;
  startSeconds: number;
  endSeconds: number;
  framing: Framing | null;
  captions: { style: CaptionStyle; words: TimedWord[] } | null;
  loudness: boolean;
};

/** CPU seconds; finding the place in a long film takes some, too. */
const LEAST_CPU_SECONDS = 1_800;
/** For a second of clip: many times what one in 4K takes. */
const CPU_SHARE = 60;

export type CutOptions = Pick<ChildOptions, 'signal'> & {
  /** Called with the seconds of the clip that are done. */
  onProgress?: (secondsDone: number) => void;
};

/**
 * Cuts a clip out of a film, exact to the picture, in a process of its own. The file appears at `toFile` whole, over what
 * was there, or not at all; nothing else is left, also when aborted.
 *
 * Where the film is H.264 as we would write it and nothing is drawn on it, only the edges are encoded and all between is copied
 * byte for byte; else every picture is encoded, upright, progressive and in BT.709, and shown as long as it was. A film without
 * sound gives a clip with silence.
 *
 * @throws {InvalidInputError} INVALID_INPUT, when the clip would have no picture.
 * @throws {DomainError} MEDIA_FAILED, naming the file, when the film cannot be read or the clip not written.
 */
export async function cutClip(
  request: CutRequest,
  { signal, onProgress }: CutOptions = {},
): Promise<CutClip> {
  const { toFile, startSeconds, endSeconds } = request;
  requireStretch(startSeconds, endSeconds);
  return writeWhole(toFile, async (directory) => {
    const fileName = `clip-${basename(toFile)}`;
    const job: ClipJob = {
      file: resolve(request.file),
      directory,
      fileName,
      startSeconds,
      endSeconds,
      framing: request.framing ?? null,
      captions: request.captions ?? null,
      loudness: request.loudness ?? true,
    };
    const result = await runInChild<CutClip>(siblingScript(import.meta.url, './cut.child'), job, {
      signal,
      cpuSeconds: Math.max(LEAST_CPU_SECONDS, CPU_SHARE * (endSeconds - startSeconds)),
      onProgress: (share) => onProgress?.(share * (endSeconds - startSeconds)),
    });
    return { file: join(directory, fileName), result };
  });
}

function requireStretch(startSeconds: number, endSeconds: number): void {
  if (startSeconds >= 0 && Number.isFinite(endSeconds) && startSeconds < endSeconds) return;
  throw new InvalidInputError([
    { path: ['endSeconds'], message: 'Must be after the start, and the start not before 0.' },
  ]);
}
