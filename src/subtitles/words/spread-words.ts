import type { SpokenWord } from '../../text/timed-words.ts';
import { type Cue, type CueWord, toMilliseconds } from '../cue.ts';
import { spokenText } from './spoken.ts';
import { spreadTokens, weightOf } from './spread-tokens.ts';
import { type Token, tokensOf } from './tokens.ts';

export type WordOfCue = SpokenWord & {
  /** Its time is not measured: it is its share of the cue's. */
  isSpread: boolean;
  /** Place of the cue that it is of. */
  cue: number;
};

/**
 * The words of cues with times: those that the file has, and for the others their share of the cue's time, by letters,
 * with pauses at marks. No word begins before the one before it ends; where cues overlap, an earlier one ends when the next
 * begins, and those that begin together share their time. Descriptions of sounds, `[MUSIC]`, are no words.
 *
 * @param cues in the order of their starts, as `readSubtitles` gives them.
 * @param language tag of their language; it parts the words of scripts without spaces.
 * @param most with more words than these it stops; what is there by then may be some more.
 */
export function spreadWords(cues: readonly Cue[], language?: string, most = Infinity): WordOfCue[] {
  const words: WordOfCue[] = [];
  for (let from = 0; from < cues.length && words.length <= most;) {
    let to = from + 1;
    while (to < cues.length && cues[to]!.startSeconds === cues[from]!.startSeconds) to += 1;
    const next = cues[to]?.startSeconds ?? Infinity;
    for (const word of wordsTogether(cues.slice(from, to), next, language))
      words.push({ ...word, cue: from + word.cue });
    from = to;
  }
  return words;
}

/** Of cues that begin at the same time. */
function wordsTogether(cues: readonly Cue[], nextStart: number, language?: string): WordOfCue[] {
  const found: WordOfCue[] = [];
  const spoken = cues.map((cue) => ({ cue, tokens: tokensOf(spokenText(cue.text), language) }));
  const weights = spoken.map(({ tokens }) => weightOfAll(tokens));
  let left = weights.reduce((sum, weight) => sum + weight, 0);
  let start = cues[0]!.startSeconds;
  for (const [index, { cue, tokens }] of spoken.entries()) {
    const weight = weights[index]!;
    if (weight === 0) continue;
    const end = Math.max(start, Math.min(cue.endSeconds, nextStart));
    const share = toMilliseconds(start + (end - start) * (weight / left));
    const words: CueWord[] = cue.words
      ? heldTo(cue.words, start, share)
      : spreadTokens(tokens, start, share).map((word) => ({ ...word, isSpread: true }));
    for (const { isSpread = false, ...word } of words)
      found.push({
        ...word,
        isSpread,
        cue: index,
        ...(cue.speaker !== undefined && { speaker: cue.speaker }),
      });
    left -= weight;
    start = share;
  }
  return found;
}

const weightOfAll = (tokens: readonly Token[]): number =>
  tokens.reduce((sum, { word }) => sum + weightOf(word), 0);

/** Words that are said, their times within start and end. */
function heldTo(words: readonly CueWord[], start: number, end: number): CueWord[] {
  const held = (seconds: number) => Math.min(Math.max(seconds, start), end);
  return saidOf(words).map((word) => ({
    ...word,
    startSeconds: held(word.startSeconds),
    endSeconds: held(word.endSeconds),
  }));
}

/** Without the words of a description, `[door` and `closes]`. */
function saidOf(words: readonly CueWord[]): CueWord[] {
  const ends = words.findLastIndex(({ word }) => word.includes(']'));
  let isInside = false;
  return words.filter(({ word }, index) => {
    if (word.startsWith('[') && index <= ends) isInside = true;
    const isSaid = !isInside && spokenText(word) !== '';
    if (word.includes(']')) isInside = false;
    return isSaid;
  });
}
