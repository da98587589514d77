import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';

export type ProbeJob = { file: string };

/** A film as it is, not as its container claims. */
export type Probe = {
  /** Of the picture, from its first frame to the end of its last. */
  durationSeconds: number;
  fileSizeBytes: number;
  /** px, as coded. */
  width: number;
  height: number;
  /** Frames a second, on average. */
  frameRate: number;
  /** FFmpeg's name: "h264", "vp9". */
  videoCodec: string;
  /** FFmpeg's name: "aac", "opus"; null when the film is silent for want of a track. */
  audioCodec: string | null;
  /** 0 without a track. */
  audioSeconds: number;
  /** Hz. */
  sampleRate: number | null;
  channels: number | null;
  /** Equal for films that can be joined by copying. */
  signature: string;
};

/** Minutes of reading; a probe decodes nothing. */
const CPU_SECONDS = 120;

/**
 * Measures a film by reading all of it, in a process of its own.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when it is no film, is cut short or cannot be read.
 */
export const probe = (file: string, options: Pick<ChildOptions, 'signal'> = {}): Promise<Probe> =>
  runInChild<Probe>(siblingScript(import.meta.url, './probe.child'), { file } satisfies ProbeJob, {
    ...options,
    cpuSeconds: CPU_SECONDS,
  });
