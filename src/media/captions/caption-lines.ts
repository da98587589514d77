/** Words to captions: what stands in the picture at once. */
import { spaceBetween } from '../../text/joined.ts';
import type { TimedWord } from '../../text/timed-words.ts';
import { type Run, runsOf, widthOf } from './runs.ts';
import type { CaptionLook } from './styles.ts';

export type CaptionWord = TimedWord & { runs: Run[]; ems: number };

export type Caption = {
  startSeconds: number;
  endSeconds: number;
  lines: CaptionWord[][];
  /** Of the style's size; less than 1 where a word would not fit otherwise. */
  scale: number;
};

/** A pause this long ends a caption. */
const PAUSE_SECONDS = 0.5;
/** A caption stays so long after its last word, if nothing follows. */
const LINGER_SECONDS = 0.35;
const SPACE_EMS = 0.28;
const SENTENCE_END = /[.?!…。！？؟।]["'”’»)\]]*$/u;

/** Groups words that fit into a zone of so many ems, in order; never over a pause or the end of a sentence. */
export function captionLines(
  words: readonly TimedWord[],
  look: CaptionLook,
  emsWide: number,
  clipSeconds: number,
): Caption[] {
  const around = words.map(({ word }) => word).join(' ');
  const groups: CaptionWord[][][] = [];
  for (const word of words) {
    const set = setWord(word, look, around);
    const last = groups.at(-1);
    if (!last || isEnded(last, set, look)) groups.push([[set]]);
    else if (fits(last.at(-1) ?? [], set, emsWide)) last.at(-1)?.push(set);
    else if (last.length < look.mostLines) last.push([set]);
    else groups.push([[set]]);
  }
  return groups.map((lines, index) => timed(lines, groups[index + 1], emsWide, clipSeconds));
}

function setWord(said: TimedWord, look: CaptionLook, around: string): CaptionWord {
  const word = look.isUpperCase ? said.word.toUpperCase() : said.word;
  const runs = runsOf(word, look.face, around);
  return { ...said, word, runs, ems: widthOf(runs) * look.pop };
}

function isEnded(lines: CaptionWord[][], next: CaptionWord, { mostWords }: CaptionLook): boolean {
  const words = lines.flat();
  const last = words.at(-1);
  if (!last) return false;
  return (
    words.length >= mostWords ||
    next.startSeconds - last.endSeconds > PAUSE_SECONDS ||
    SENTENCE_END.test(last.word)
  );
}

const fits = (line: readonly CaptionWord[], word: CaptionWord, ems: number): boolean =>
  lineEms([...line, word]) <= ems;

const lineEms = (line: readonly CaptionWord[]): number =>
  line.reduce((sum, word, place) => {
    const before = line[place - 1];
    return sum + word.ems + (before && spaceBetween(before, word) ? SPACE_EMS : 0);
  }, 0);

function timed(
  lines: CaptionWord[][],
  next: CaptionWord[][] | undefined,
  emsWide: number,
  clipSeconds: number,
): Caption {
  const words = lines.flat();
  const widest = Math.max(...lines.map(lineEms));
  return {
    startSeconds: words[0]?.startSeconds ?? 0,
    endSeconds: Math.min(
      (words.at(-1)?.endSeconds ?? 0) + LINGER_SECONDS,
      next?.[0]?.[0]?.startSeconds ?? Infinity,
      clipSeconds,
    ),
    lines,
    scale: Math.min(1, emsWide / widest),
  };
}
