/**
 * Automatic captions as YouTube writes them roll: each cue shows the line before once more, and between them stand moments
 * in which nothing is new. Read as they are, every word would be said twice or three times.
 */
import type { Piece } from './pieces.ts';

type Pieces = { pieces: Piece[]; cue: { startTime: number; endTime: number } };

const textOf = ({ pieces }: Pick<Pieces, 'pieces'>): string => pieces.map(({ text }) => text).join('');
const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

/** Fewer cues than this do not show a habit. */
const FEWEST_CUES = 3;
/** Nobody reads what is shown as short: it is there to keep a line on the screen. */
const MOMENT_SECONDS = 0.05;

/** The cues with what is new in them; cues of a file that does not roll as they are. */
export function withoutRolling<T extends Pieces>(cues: readonly T[]): T[] {
  const hasTimes = cues.some(({ pieces }) => pieces.length > 1);
  const shown = cues.map((cue) => linesOf(textOf(cue)));
  const repeats = cues.map(({ cue }, index) => {
    const lines = shown[index]!;
    const isForIt = lines.length > 1 || cue.endTime - cue.startTime <= MOMENT_SECONDS;
    return isForIt && (shown[index - 1]?.includes(lines[0] ?? '') ?? false);
  });
  const isRolling = hasTimes && repeats.filter(Boolean).length * 2 >= cues.length - 1;
  if (!isRolling || cues.length < FEWEST_CUES) return [...cues];
  return cues
    .map((cue, index) => (repeats[index] ? withoutFirst(cue, shown[index - 1] ?? []) : cue))
    .filter((cue) => textOf(cue).trim() !== '');
}

/** Takes off the lines at the start that were shown before: they stand before the first time. */
function withoutFirst<T extends Pieces>(cue: T, before: readonly string[]): T {
  const [first, ...others] = cue.pieces;
  const lines = (first?.text ?? '').split('\n');
  while (lines.length > 0 && (lines[0]!.trim() === '' || before.includes(lines[0]!))) lines.shift();
  return { ...cue, pieces: [{ atSeconds: null, text: lines.join('\n') }, ...others] };
}
