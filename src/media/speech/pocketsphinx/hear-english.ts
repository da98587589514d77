import type { SpeechSpan } from '../speech-spans.ts';
import { type BatchOptions, type HeardWord, runBatch } from './batch.ts';
import type { PocketSphinx } from './installed.ts';

/** As they are printed; its dictionary has small letters alone. */
const PRINTED: Readonly<Record<string, string>> = {
  i: 'I',
  "i'm": "I'm",
  "i'll": "I'll",
  "i've": "I've",
  "i'd": "I'd",
};

/**
 * The English words that PocketSphinx hears in spans of a sound, in order. Of what is no English it hears English all the same, and
 * is not sure of it.
 *
 * @throws the signal's reason; {DomainError} MEDIA_FAILED.
 */
export async function hearEnglish(
  sphinx: PocketSphinx,
  speechFile: string,
  spans: readonly SpeechSpan[],
  options: BatchOptions = {},
): Promise<HeardWord[]> {
  const search = ['-lm', sphinx.language, '-dict', sphinx.dictionary];
  const heard = await runBatch(sphinx, speechFile, spans, async () => search, options);
  return heard.flat().map((word) => ({ ...word, word: PRINTED[word.word] ?? word.word }));
}
