import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SpeechSound, speechSound } from '../../../media/speech/speech-sound.ts';
import type { HearRequest } from './source.ts';

/** A video's sound as recognisers take it, on this machine. */
export type Speech = SpeechSound & { speechFile: string; directory: string };

/** Hands out a video's sound as recognisers take it, and a folder to work in; both are gone afterwards. */
export async function withSpeech<Result>(
  { file, video: { durationSeconds } }: Pick<HearRequest, 'file' | 'video'>,
  signal: AbortSignal,
  use: (speech: Speech) => Promise<Result>,
): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'vidpipe-speech-'));
  try {
    const speechFile = join(directory, 'speech.raw');
    const sound = await speechSound({ file, durationSeconds, toFile: speechFile }, signal);
    return await use({ ...sound, speechFile, directory });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
