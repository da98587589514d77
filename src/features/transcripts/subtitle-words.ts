/** Subtitles of a video as the words that are said in it. */
import { InvalidInputError } from '../../core/errors.ts';
import { type Cue, toMilliseconds } from '../../subtitles/cue.ts';
import type { SubtitlesRefused } from '../../subtitles/problem.ts';
import type { Subtitles } from '../../subtitles/read-subtitles.ts';
import { spreadWords } from '../../subtitles/words/spread-words.ts';
import type { SpokenWord } from '../../text/timed-words.ts';

/** Most words of a transcript; ours: who talks without a pause for twelve hours says half as many. */
export const MAX_WORDS = 300_000;

export type SubtitleWords = {
  words: SpokenWord[];
  /** Whether times of words are their share of a cue's. */
  isSpread: boolean;
  /** Sentences for a person: what of the file was mended or left out. */
  warnings: string[];
};

export type SubtitledVideo = {
  /** Tag of the language; null where nobody knows. */
  language: string | null;
  durationSeconds: number;
};

/**
 * The words that subtitles hold, none beyond the end of the video. Pure.
 *
 * @throws {InvalidInputError} naming `file`, where nothing is said in it, or most of it lies beyond the end of the video.
 */
export function wordsOfSubtitles(
  { cues, warnings: told }: Subtitles,
  { language, durationSeconds }: SubtitledVideo,
): SubtitleWords {
  const held = heldTo(toMilliseconds(durationSeconds), cues);
  const words = spreadWords(held.cues, language ?? undefined);
  if (words.length === 0) throw refusal(`Nothing is said in it: ${cues.length} cues have no word.`);
  if (words.length > MAX_WORDS)
    throw refusal(`May have at most ${MAX_WORDS} words, and has ${words.length}.`);
  return {
    words: words.map(({ isSpread: _isSpread, ...word }) => word),
    isSpread: words.some(({ isSpread }) => isSpread),
    warnings: [...told.map(({ reason }) => reason), ...held.warnings],
  };
}

/** Why a file is no subtitles, with the line. */
export function refusalOf({ problem: { line, reason } }: SubtitlesRefused): InvalidInputError {
  const isTold = line === null || reason.includes(`line ${line}`);
  return refusal(isTold ? reason : `Line ${line}: ${reason}`);
}

const refusal = (message: string) => new InvalidInputError([{ path: ['file'], message }]);

/** Cues that begin within the video, the last of them ending with it. */
function heldTo(endSeconds: number, cues: readonly Cue[]): { cues: Cue[]; warnings: string[] } {
  const inside = cues.filter(({ startSeconds }) => startSeconds < endSeconds);
  const beyond = cues.length - inside.length;
  if (beyond * 2 > cues.length) {
    const share = `${beyond} of its ${cues.length} cues begin after the end of the video, ${endSeconds} s`;
    throw refusal(`${share}: are these the subtitles of another film?`);
  }
  const long = inside.filter((cue) => cue.endSeconds > endSeconds).length;
  return {
    cues: inside.map((cue) => (cue.endSeconds > endSeconds ? { ...cue, endSeconds } : cue)),
    warnings: [
      ...(long > 0
        ? [`${long} ${long === 1 ? 'cue ends' : 'cues end'} after the video: cut at its end.`]
        : []),
      ...(beyond > 0
        ? [`${beyond} ${beyond === 1 ? 'cue begins' : 'cues begin'} after the end of the video: left out.`]
        : []),
    ],
  };
}
