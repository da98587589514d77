import type { Levels } from './levels.ts';
import type { Stretch } from './windows.ts';

/** A longer shot is parted where it is quietest. */
const LONGEST_PIECE_SECONDS = 10;
/** A shorter shot goes with the one before it: clips do not begin in a flicker of cuts. */
const SHORTEST_PIECE_SECONDS = 1;
/** A video of many days is looked at in longer pieces. */
const MOST_PIECES = 20_000;
/** Places tried in a piece that is parted. */
const PLACES = 8;

/** The shots of a video without gaps, at most `longestSeconds` each, parted at quiet places; none of a video without length. */
export function shotsOf(
  durationSeconds: number,
  cuts: readonly number[],
  levels: Levels | null,
  longestSeconds: number,
): Stretch[] {
  if (!(durationSeconds > 0 && durationSeconds < Infinity)) return [];
  const least = durationSeconds / MOST_PIECES;
  const shortest = Math.max(least, Math.min(SHORTEST_PIECE_SECONDS, longestSeconds / 2));
  const longest = Math.max(2 * shortest, Math.min(LONGEST_PIECE_SECONDS, longestSeconds / 2));
  const edges = edgesOf(durationSeconds, cuts, shortest);
  const shots: Stretch[] = [];
  for (const [i, endSeconds] of edges.slice(1).entries())
    part({ startSeconds: edges[i] ?? 0, endSeconds }, longest, levels, shots);
  return shots;
}

function edgesOf(durationSeconds: number, cuts: readonly number[], shortest: number): number[] {
  const edges = [0];
  for (const cut of cuts.toSorted((a, b) => a - b))
    if (cut - (edges.at(-1) ?? 0) >= shortest && durationSeconds - cut >= shortest) edges.push(cut);
  return [...edges, durationSeconds];
}

function part(shot: Stretch, longest: number, levels: Levels | null, shots: Stretch[]): void {
  const at = quietPlace(shot, levels);
  // Of a shot of no length to speak of, the middle is an end.
  const isParted =
    shot.endSeconds - shot.startSeconds > longest && at > shot.startSeconds && at < shot.endSeconds;
  if (!isParted) {
    shots.push(shot);
    return;
  }
  part({ startSeconds: shot.startSeconds, endSeconds: at }, longest, levels, shots);
  part({ startSeconds: at, endSeconds: shot.endSeconds }, longest, levels, shots);
}

/** The quietest of the places in its middle half; the middle where nothing is known, or all are as loud. */
function quietPlace({ startSeconds, endSeconds }: Stretch, levels: Levels | null): number {
  const quarter = (endSeconds - startSeconds) / 4;
  const middle = startSeconds + 2 * quarter;
  if (!levels) return middle;
  const places = [
    middle,
    ...Array.from({ length: PLACES + 1 }, (_, i) => startSeconds + quarter + (2 * quarter * i) / PLACES),
  ];
  const heard = places.map((at) => levels.over({ startSeconds: at, endSeconds: at + levels.stepSeconds }));
  return places[heard.indexOf(Math.min(...heard))] ?? middle;
}
