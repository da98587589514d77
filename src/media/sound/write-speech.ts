import { join } from 'node:path';
import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';
import { writeWhole } from '../write/atomic-file.ts';

export type SpeechRequest = {
  file: string;
  /** An MP4 with sound alone, `.m4a`. */
  toFile: string;
  /** On the file's clock. What is missing is silence. */
  startSeconds: number;
  endSeconds: number;
};

export type SpeechJob = SpeechRequest;

/** Bits a second of what a model hears: of it half an hour has 11 MB. */
export const SPEECH_BITRATE = 48_000;

/** CPU seconds for a second of sound: many times what it takes. */
const CPU_SHARE = 0.3;

/**
 * Writes a stretch of a film's sound as models of others take it, in a process of its own: AAC of one channel at 24 kHz. The file
 * appears whole or not at all.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when it cannot be decoded.
 */
export const writeSpeech = (
  request: SpeechRequest,
  { signal }: Pick<ChildOptions, 'signal'> = {},
): Promise<void> =>
  writeWhole(request.toFile, async (directory) => {
    const toFile = join(directory, 'speech.m4a');
    const job: SpeechJob = { ...request, toFile };
    await runInChild<null>(siblingScript(import.meta.url, './speech.child'), job, {
      signal,
      // Finding the place in a long film takes some, too.
      cpuSeconds: 300 + CPU_SHARE * (request.endSeconds - request.startSeconds),
    });
    return { file: toFile, result: undefined };
  });
