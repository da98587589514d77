import { runInChild, siblingScript } from '../child/child.ts';

/** Subtitles as a text that a film's file brings. */
export type SubtitleTrack = {
  /** Place of the stream in the file, from 0. */
  index: number;
  /** Tag of the language; null where the file does not say. */
  language: string | null;
};

export type SubtitleTrackJob = {
  file: string;
  /** Tag of the language that is looked for; null for any. */
  language: string | null;
  /** Where the cues are put as SubRip; null to look only. */
  toFile: string | null;
};

/** Minutes of reading; nothing is decoded. */
const CPU_SECONDS = 120;
/** More than subtitles are read of. */
const FILE_BYTES = 32 * 2 ** 20;

/**
 * Finds the subtitles in a film's file that are of a language, or those that players show first, and writes their cues as SubRip where
 * it is told where; in a process of its own. Pictures of subtitles, as DVDs have, are none.
 *
 * @returns null where there are none.
 * @throws the signal's reason; {DomainError} MEDIA_FAILED, naming the file, when it cannot be read.
 */
export const readSubtitleTrack = (
  job: SubtitleTrackJob,
  signal?: AbortSignal,
): Promise<SubtitleTrack | null> =>
  runInChild<SubtitleTrack | null>(siblingScript(import.meta.url, './subtitle-track.child'), job, {
    signal,
    cpuSeconds: CPU_SECONDS,
    fileBytes: FILE_BYTES,
  });
