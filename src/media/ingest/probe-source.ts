import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';
import type { Probe } from '../read/probe.ts';

export type SourceJob = { file: string };

/** Subtitles that a film brings. */
export type SubtitleStream = {
  /** Of all its streams, from 0. */
  index: number;
  /** FFmpeg's name: "subrip", "mov_text". */
  codec: string;
  /** As the file says it: "eng"; null where it says nothing. */
  language: string | null;
  /** As the file says it; null where it says nothing. */
  title: string | null;
  /** Whether it is written in letters; else it is drawn. */
  isText: boolean;
};

/** A film from outside, as it is. */
export type SourceProbe = Probe & {
  /** Hexadecimal. */
  sha256: string;
  /** By how much its pictures are turned clockwise when they are shown. */
  rotationDegrees: 0 | 90 | 180 | 270;
  audioTracks: number;
  subtitleStreams: SubtitleStream[];
};

/** Hashing and reading take a second for some 100 MB where the disk is slow. */
const BYTES_PER_CPU_SECOND = 25e6;

/**
 * Measures a film from outside by reading all of it, in a process of its own.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when it is no film with a moving picture, is cut short or cannot be read.
 */
export const probeSource = (
  file: string,
  fileSizeBytes: number,
  { signal, onProgress }: Pick<ChildOptions, 'signal' | 'onProgress'> = {},
): Promise<SourceProbe> =>
  runInChild<SourceProbe>(
    siblingScript(import.meta.url, './probe-source.child'),
    { file } satisfies SourceJob,
    {
      signal,
      onProgress,
      cpuSeconds: 120 + fileSizeBytes / BYTES_PER_CPU_SECOND,
    },
  );
