import { joined, spaceBetween } from '../../text/joined.ts';
import type { SpokenWord } from '../../text/timed-words.ts';
import { type Cue, toMilliseconds } from '../cue.ts';
import { inLines } from './break-lines.ts';
import { LINE_WIDTH, LINES, widthOf } from './caption-width.ts';
import { sentencesOf } from './sentences.ts';

export type CaptionOptions = {
  /** When the film ends: nothing is shown later. */
  endSeconds?: number;
};

/** Ours, after what broadcasters ask for. */
const LONGEST_SECONDS = 6;
/** A caption does not stay over a silence as long. */
const PAUSE_SECONDS = 1;
/** It stays this long after its last word if nothing follows, and is to be seen at least so long. */
const LINGERS_SECONDS = 0.35;
const SHORTEST_SECONDS = 0.8;
const CLAUSE_END = /[,;:،؛、，；：–—]["'”’»)\]」』]*$/u;

/**
 * Words as captions: at most two lines of as many letters as their script allows, no longer than 6 s, never over a pause nor
 * from one speaker to the next, and from sentence to sentence where they fit. Each caption has its words with their times;
 * none ends after the next begins, unless words themselves overlap.
 *
 * @param words in order.
 */
export function captionsOf(
  words: readonly SpokenWord[],
  language?: string,
  { endSeconds = Infinity }: CaptionOptions = {},
): Cue[] {
  const groups = sentencesOf(words, { language }).reduce<SpokenWord[][]>(
    (all, sentence) => withSentence(all, words.slice(sentence.from, sentence.to)),
    [],
  );
  return groups.map((group, index) =>
    cueOf(group, Math.min(groups[index + 1]?.[0]?.startSeconds ?? Infinity, endSeconds)),
  );
}

/** A short sentence stands beside the one before; a long one is parted. */
function withSentence(groups: SpokenWord[][], sentence: SpokenWord[]): SpokenWord[][] {
  const last = groups.at(-1);
  const isAside = last && widthOf(joined([...last, ...sentence])) <= LINE_WIDTH && fits(last, sentence);
  if (isAside) last.push(...sentence);
  else groups.push(...partsOf(sentence));
  return groups;
}

function partsOf(sentence: readonly SpokenWord[]): SpokenWord[][] {
  const parts: SpokenWord[][] = [];
  let part: SpokenWord[] = [];
  let width = 0;
  for (const word of sentence) {
    width += widthOf(word.word) + 1;
    if (part.length > 0 && (width > LINES * LINE_WIDTH || !fits(part, [word]) || !isInTwo(part, word))) {
      const kept = clauseOf(part, word);
      parts.push(part.slice(0, kept));
      part = part.slice(kept);
      width = widthOf(joined(part)) + widthOf(word.word) + 2;
    }
    part.push(word);
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

/** Whether two lines hold it: words are not broken, so together they may hold less than twice a line. */
function isInTwo(part: readonly SpokenWord[], word: SpokenWord): boolean {
  let [line, width] = [1, 0];
  for (const [index, each] of [...part, word].entries()) {
    const space = width === 0 ? '' : spaceBetween(part[index - 1]!, each);
    const wider = width + widthOf(space + each.word);
    if (wider > LINE_WIDTH && width > 0) line += 1;
    width = wider > LINE_WIDTH ? widthOf(each.word) : wider;
  }
  return line <= LINES;
}

/** How many words are shown before the break: up to a clause's end in the second half, if what is left can go on. */
function clauseOf(part: readonly SpokenWord[], next: SpokenWord): number {
  const at = part.findLastIndex(({ word }) => CLAUSE_END.test(word)) + 1;
  return at * 2 > part.length && fits(part.slice(at), [next]) ? at : part.length;
}

function fits(before: readonly SpokenWord[], after: readonly SpokenWord[]): boolean {
  const [first, last, next, end] = [before[0], before.at(-1), after[0], after.at(-1)];
  if (!first || !last || !next || !end) return true;
  const isPause = next.startSeconds - last.endSeconds >= PAUSE_SECONDS;
  return !isPause && end.endSeconds - first.startSeconds <= LONGEST_SECONDS && last.speaker === next.speaker;
}

function cueOf(group: readonly SpokenWord[], nextStart: number): Cue {
  const [first, last] = [group[0]!, group.at(-1)!];
  const startSeconds = toMilliseconds(first.startSeconds);
  const wanted = Math.max(last.endSeconds + LINGERS_SECONDS, startSeconds + SHORTEST_SECONDS);
  const endSeconds = toMilliseconds(
    Math.max(Math.min(wanted, nextStart), last.endSeconds, startSeconds + 0.001),
  );
  return {
    startSeconds,
    endSeconds,
    text: inLines(group),
    words: group.map(({ word, isSpaced, ...times }) => ({
      word,
      startSeconds: toMilliseconds(times.startSeconds),
      endSeconds: toMilliseconds(times.endSeconds),
      ...(isSpaced && { isSpaced }),
    })),
    ...(first.speaker !== undefined && { speaker: first.speaker }),
  };
}
