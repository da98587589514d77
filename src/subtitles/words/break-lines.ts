import type { TimedWord } from '../../text/timed-words.ts';
import { LINE_WIDTH, widthOf } from './caption-width.ts';
import { joined } from '../../text/joined.ts';

const CLAUSE_END = /[,;:.!?…،؛؟。、，；：！？।–—]["'”’»)\]」』]*$/u;
/** In letters: how much less even the lines may be for a break at the end of a clause. */
const WORTH_OF_CLAUSE = 12;

/** Words as one line, or as two that are as even as can be, broken after a clause where there is one near the middle. */
export function inLines(words: readonly Pick<TimedWord, 'word' | 'isSpaced'>[]): string {
  const whole = joined(words);
  if (widthOf(whole) <= LINE_WIDTH) return whole;
  const breaks = words.slice(1).map((_, index) => {
    const lines = [words.slice(0, index + 1), words.slice(index + 1)].map(joined);
    return { text: lines.join('\n'), cost: costOf(lines, words[index]!.word) };
  });
  return breaks.toSorted((one, other) => one.cost - other.cost)[0]?.text ?? whole;
}

function costOf(lines: readonly string[], last: string): number {
  const [above = 0, below = 0] = lines.map(widthOf);
  const over = Math.max(0, above - LINE_WIDTH) + Math.max(0, below - LINE_WIDTH);
  return Math.abs(above - below) + 10 * over - (CLAUSE_END.test(last) ? WORTH_OF_CLAUSE : 0);
}
