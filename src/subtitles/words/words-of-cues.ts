/** Subtitles of a video as the words that are said in it. */
import { counted } from '../../core/counted.ts';
import { secondsText } from '../../core/seconds-text.ts';
import type { SpokenWord } from '../../text/timed-words.ts';
import { type Cue, toMilliseconds } from '../cue.ts';
import { LIMITS } from '../limits.ts';
import { refused } from '../problem.ts';
import { spreadWords, type WordOfCue } from './spread-words.ts';

/** The words of a cue, `words.slice(from, to)`, and when it is shown. */
export type CueStretch = { from: number; to: number; startSeconds: number; endSeconds: number };

export type WordsOfCues = {
  words: SpokenWord[];
  /** Of each cue that has words, in order. */
  stretches: CueStretch[];
  /** Whether times of words are their share of a cue's. */
  isSpread: boolean;
  /** Sentences for a person: what was left out. */
  warnings: string[];
};

export type SubtitledVideo = {
  /** Tag of the language; undefined where nobody knows. */
  language?: string | undefined;
  durationSeconds: number;
};

/**
 * The words that cues hold, none beyond the end of the video. Pure.
 *
 * @throws {SubtitlesRefused} NOTHING_SAID, TOO_MANY_WORDS; OTHER_FILM, where most of it lies beyond the end of the video.
 */
export function wordsOfCues(
  cues: readonly Cue[],
  { language, durationSeconds }: SubtitledVideo,
): WordsOfCues {
  const held = heldTo(toMilliseconds(durationSeconds), cues);
  const words = spreadWords(held.cues, language, LIMITS.words);
  if (words.length === 0)
    throw refused('NOTHING_SAID', `Nothing is said in it: ${counted(cues.length, 'cue')} without a word.`);
  if (words.length > LIMITS.words)
    throw refused('TOO_MANY_WORDS', `It has more than ${LIMITS.words.toLocaleString('en')} words.`);
  return {
    words: words.map(({ isSpread: _isSpread, cue: _cue, ...word }) => word),
    stretches: stretchesOf(words, held.cues),
    isSpread: words.some(({ isSpread }) => isSpread),
    warnings: held.warnings,
  };
}

function stretchesOf(words: readonly WordOfCue[], cues: readonly Cue[]): CueStretch[] {
  const stretches: CueStretch[] = [];
  let last = -1;
  for (const [index, { cue }] of words.entries()) {
    const { startSeconds, endSeconds } = cues[cue]!;
    if (cue !== last) stretches.push({ from: index, to: index, startSeconds, endSeconds });
    stretches.at(-1)!.to = index + 1;
    last = cue;
  }
  return stretches;
}

/** Cues that begin within the video, the last of them ending with it. */
function heldTo(endSeconds: number, cues: readonly Cue[]): { cues: Cue[]; warnings: string[] } {
  const inside = cues.filter(({ startSeconds }) => startSeconds < endSeconds);
  const beyond = cues.length - inside.length;
  if (beyond * 2 > cues.length) {
    const share = `${beyond} of its ${counted(cues.length, 'cue')} ${beyond === 1 ? 'begins' : 'begin'} after the end of the video, ${secondsText(endSeconds)}`;
    throw refused('OTHER_FILM', `${share}: are these the subtitles of another film?`);
  }
  const long = inside.filter((cue) => cue.endSeconds > endSeconds).length;
  return {
    cues: inside.map((cue) => (cue.endSeconds > endSeconds ? { ...cue, endSeconds } : cue)),
    warnings: [
      ...(long > 0
        ? [`${counted(long, 'cue')} ${long === 1 ? 'ends' : 'end'} after the video: cut at its end.`]
        : []),
      ...(beyond > 0
        ? [
            `${counted(beyond, 'cue')} ${beyond === 1 ? 'begins' : 'begin'} after the end of the video: left out.`,
          ]
        : []),
    ],
  };
}
