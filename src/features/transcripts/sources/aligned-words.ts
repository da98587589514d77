/** Known words with the times at which they are heard. */
import type { SpokenWord } from '../../../text/timed-words.ts';
import { toMilliseconds } from '../../../subtitles/cue.ts';
import { alignEnglish } from '../../../media/speech/pocketsphinx/align-english.ts';
import { findPocketSphinx } from '../../../media/speech/pocketsphinx/installed.ts';
import { type HearOptions, isEnglish } from './source.ts';

/** Words, and between which times of the sound they are all said. */
export type KnownStretch = {
  startSeconds: number;
  endSeconds: number;
  /** With times that are at least near. */
  words: readonly SpokenWord[];
};

export type Aligned = {
  words: SpokenWord[];
  /** How many of them have the times that they had before. */
  unaligned: number;
};

/**
 * Finds when words are said, where PocketSphinx is installed and they are English; else, and where the sound does not fit, they keep
 * the times that they have.
 *
 * @param speechFile as `speechSound` writes it.
 */
export async function alignedWords(
  speechFile: string,
  stretches: readonly KnownStretch[],
  language: string | null,
  { signal, onProgress }: HearOptions,
): Promise<Aligned> {
  const sphinx = isEnglish(language) ? await findPocketSphinx() : null;
  const said = stretches.map(({ words, ...span }) => ({ ...span, words: words.map(({ word }) => word) }));
  const times = sphinx && (await alignEnglish(sphinx, speechFile, said, { signal, onProgress }));
  let unaligned = 0;
  const words = stretches.flatMap(({ words: known }, index) => {
    const found = times?.[index];
    if (!found) unaligned += known.length;
    return known.map((word, place) => ({ ...word, ...found?.[place] }));
  });
  return { words: inOrder(words), unaligned };
}

/** Stretches overlap a little, so that nothing is cut off: no word begins before the one before it ends. */
export function inOrder(words: readonly SpokenWord[], latestSeconds = Infinity): SpokenWord[] {
  let latest = 0;
  return words.map((word) => {
    const startSeconds = Math.min(latestSeconds, Math.max(latest, toMilliseconds(word.startSeconds)));
    const endSeconds = Math.min(latestSeconds, Math.max(startSeconds, toMilliseconds(word.endSeconds)));
    latest = endSeconds;
    return { ...word, startSeconds, endSeconds };
  });
}
