import { join } from 'node:path';
import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';
import { writeWhole } from '../write/atomic-file.ts';
import type { Loudness } from './loudness.ts';

export type SurveyRequest = {
  file: string;
  /** As a probe told it; only progress depends on it. */
  durationSeconds: number;
  /** Where its waveform is put, as `Waveform` in JSON. */
  peaksFile: string;
  /** Where its sound is put as recognisers hear it: 16 kHz, mono, 16 bits with the lower byte first, no head. */
  speechFile: string;
};

export type SurveyJob = SurveyRequest;

/** What there is to know of a film's sound. Both times are the film's: what is missing is silence. */
export type SoundSurvey = {
  /** Of the track that a player plays. */
  loudness: Loudness;
  /** From the film's beginning to the end of the sound; 0 without a track, and both files are empty then. */
  soundSeconds: number;
};

/** CPU seconds for a second of film: ten times what it took. */
const CPU_SHARE = 0.3;

/**
 * Measures the sound of a film and writes its waveform and its speech, reading it once, in a process of its own. The files appear
 * whole or not at all.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when it cannot be decoded.
 */
export const surveySound = (
  request: SurveyRequest,
  { signal, onProgress }: Pick<ChildOptions, 'signal'> & { onProgress?: (secondsDone: number) => void } = {},
): Promise<SoundSurvey> =>
  writeWhole(request.peaksFile, (peaksDirectory) => {
    const peaksFile = join(peaksDirectory, 'peaks.json');
    return writeWhole(request.speechFile, async (speechDirectory) => {
      const speechFile = join(speechDirectory, 'speech.s16');
      const job: SurveyJob = { ...request, peaksFile, speechFile };
      const result = await runInChild<SoundSurvey>(siblingScript(import.meta.url, './survey.child'), job, {
        signal,
        cpuSeconds: 120 + CPU_SHARE * request.durationSeconds,
        onProgress: (share) => onProgress?.(share * request.durationSeconds),
      });
      return { file: speechFile, result };
    }).then((result) => ({ file: peaksFile, result }));
  });
