import { LIMITS } from '../limits.ts';

/**
 * Lines of which no block, from one blank line to the next, has more text or tags than a parser that keeps them on a stack
 * can be given. What is too much becomes a line of nothing but a space, so the others keep their numbers.
 */
export function bounded(lines: readonly string[]): string[] {
  let [units, tags] = [0, 0];
  return lines.map((line) => {
    if (line === '' || line.includes('-->')) [units, tags] = [0, 0];
    const room = LIMITS.rawCueUnits - units;
    units += line.length;
    const kept = line.length > room ? line.slice(0, Math.max(0, room)).toWellFormed() : line;
    tags += kept.includes('<') ? kept.split('<').length - 1 : 0;
    if (line !== '' && (kept === '' || tags > LIMITS.cueTags)) return ' ';
    return kept;
  });
}
