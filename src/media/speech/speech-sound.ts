import { runInChild, siblingScript } from '../child/child.ts';
import type { SpeechSpan } from './speech-spans.ts';

export type SpeechSoundJob = {
  file: string;
  durationSeconds: number;
  /** Where the sound is put: 16 kHz, mono, 16 bits with the lower byte first, no head. */
  toFile: string;
};

/** A film's sound as recognisers take it. */
export type SpeechSound = {
  /** From the film's beginning to the end of the sound; 0 without a track. */
  soundSeconds: number;
  /** Where somebody may speak. */
  spans: SpeechSpan[];
};

/** Hz of the sound for recognisers. */
export const SPEECH_RATE = 16_000;

/** CPU seconds for a second of film: ten times what it took. */
const CPU_SHARE = 0.3;

/**
 * Writes a film's sound for recognisers, and finds where somebody may speak in it, in a process of its own.
 *
 * @throws the signal's reason; {DomainError} MEDIA_FAILED, naming the file, when it cannot be decoded.
 */
export const speechSound = (job: SpeechSoundJob, signal?: AbortSignal): Promise<SpeechSound> =>
  runInChild<SpeechSound>(siblingScript(import.meta.url, './speech-sound.child'), job, {
    signal,
    cpuSeconds: 120 + CPU_SHARE * job.durationSeconds,
  });
