import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';
import type { SpeechSpan } from './speech-spans.ts';
import { type WhisperSegment, whisperSegments } from './whisper-answer.ts';

export type WhisperRequest = {
  /** A model in ggml's form. */
  modelFile: string;
  /** As `speechSound` writes it. */
  speechFile: string;
  /** None longer than 18 s. */
  spans: readonly SpeechSpan[];
  /** Tag of the language; null to let the model find out. */
  language: string | null;
  /** Where its answer is put. */
  directory: string;
};

export type WhisperJob = Omit<WhisperRequest, 'directory'> & { answerFile: string };

/** Ours: what it takes to load a large model. */
const LEAST_CPU_SECONDS = 300;
/** CPU seconds for a second of sound: large models take several times as long as somebody speaks. */
const CPU_SHARE = 60;
const FILE_BYTES = 64 * 2 ** 20;
/** A large model tells nothing for minutes. */
const SILENCE_SECONDS = 1_800;

/**
 * What a Whisper model hears in spans of a sound, on the processor, through FFmpeg's `whisper` filter, in a process of its own. It tells no
 * times of words.
 *
 * @throws the signal's reason; {DomainError} MEDIA_FAILED, if the file is no model, too.
 */
export async function hearByWhisper(
  { directory, ...request }: WhisperRequest,
  { signal, onProgress }: Pick<ChildOptions, 'signal' | 'onProgress'>,
): Promise<WhisperSegment[]> {
  if (request.spans.length === 0) return [];
  const answerFile = join(directory, 'whisper.json');
  const seconds = request.spans.length * 30;
  await runInChild<null>(
    siblingScript(import.meta.url, './whisper.child'),
    { ...request, answerFile },
    {
      signal,
      onProgress,
      cpuSeconds: LEAST_CPU_SECONDS + CPU_SHARE * seconds,
      fileBytes: FILE_BYTES,
      silenceSeconds: SILENCE_SECONDS,
    },
  );
  return whisperSegments(await readFile(answerFile, 'utf8'), request.spans);
}
