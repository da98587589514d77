/** What a Whisper model hears that a person has. */
import { access, constants, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { hearByWhisper } from '../../../media/speech/whisper.ts';
import { spreadTokens } from '../../../subtitles/words/spread-tokens.ts';
import { tokensOf } from '../../../subtitles/words/tokens.ts';
import { alignedWords, inOrder, type KnownStretch } from './aligned-words.ts';
import type { TranscriptSourceEntry } from './source.ts';
import { withSpeech } from './with-speech.ts';

let modelFile: string | null = null;

/** Has words heard by the model of this file; null for none. Once a process, before anything is heard. */
export function configureWhisper(file: string | null): void {
  modelFile = file;
}

/** Not of what waits for whoever writes to it, nor of a folder. */
async function isReadable(file: string): Promise<boolean> {
  try {
    await access(file, constants.R_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** Its times are rounded. */
const AROUND_SECONDS = 0.5;

export const whisperSource: TranscriptSourceEntry = {
  source: 'WHISPER',

  async whyNot(_ctx, { audioCodec }) {
    if (audioCodec === null) return 'The video has no sound.';
    if (modelFile === null)
      return 'There is no Whisper model: set VIDPIPE_WHISPER_MODEL to a file in the form of ggml, and restart.';
    return (await isReadable(modelFile))
      ? null
      : 'What VIDPIPE_WHISPER_MODEL names is no file that can be read on this machine.';
  },

  async hear(_ctx, request, { signal, onProgress }) {
    if (modelFile === null) throw new Error('There is no Whisper model.');
    const model = modelFile;
    const { language, video } = request;
    return withSpeech(request, signal, async ({ speechFile, directory, spans }) => {
      const asked = { modelFile: model, speechFile, spans, language, directory };
      const segments = await hearByWhisper(asked, { signal, onProgress });
      const stretches = segments.map(({ text, startSeconds, endSeconds }): KnownStretch => ({
        startSeconds: Math.max(0, startSeconds - AROUND_SECONDS),
        endSeconds: Math.min(video.durationSeconds, endSeconds + AROUND_SECONDS),
        words: spreadTokens(tokensOf(text, language ?? undefined), startSeconds, endSeconds),
      }));
      const { words, unaligned } = await alignedWords(speechFile, stretches, language, { signal });
      return {
        words: inOrder(words, video.durationSeconds),
        language,
        model: basename(model),
        confidence: null,
        isSpread: unaligned > 0,
        warnings:
          unaligned > 0 ? ['Whisper tells no times of words: they are a share of their sentence’s.'] : [],
      };
    });
  },
};
