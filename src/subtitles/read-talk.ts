import { readSubtitles } from './read-subtitles.ts';
import { type Talk, talkOf } from './words/talk.ts';
import { type CueStretch, type SubtitledVideo, wordsOfCues } from './words/words-of-cues.ts';

export type ReadTalkOptions = SubtitledVideo & {
  /** Tells the language of an old encoding where nothing else does, as in `film.ru.srt`. */
  fileName?: string | undefined;
};

export type ReadTalk = Talk & {
  /** Of each cue that has words, in order. */
  stretches: CueStretch[];
  /** Whether times of words are their share of a cue's. */
  isSpread: boolean;
  /** Sentences for a person: what of the file was mended or left out. */
  warnings: string[];
};

/**
 * What is said in a video, of its subtitles. Pure.
 *
 * @throws {SubtitlesRefused} as `readSubtitles`, and NOTHING_SAID, TOO_MANY_WORDS, OTHER_FILM.
 */
export async function readTalk(bytes: Uint8Array, options: ReadTalkOptions): Promise<ReadTalk> {
  const { fileName, language } = options;
  const { cues, warnings: told } = await readSubtitles(bytes, {
    ...(fileName !== undefined && { fileName }),
    ...(language !== undefined && { language }),
  });
  const { words, stretches, isSpread, warnings } = wordsOfCues(cues, options);
  return {
    ...talkOf(words, language),
    stretches,
    isSpread,
    warnings: [...told.map(({ reason }) => reason), ...warnings],
  };
}
