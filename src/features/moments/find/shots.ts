import { levelsOf } from './features/sound.ts';
import type { Loudness } from './finder-input.ts';
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
  loudness: Loudness | null,
  longestSeconds: number,
): Stretch[] {
  if (!(durationSeconds > 0 && durationSeconds < Infinity)) return [];
  const least = durationSeconds / MOST_PIECES;
  const shortest = Math.max(least, Math.min(SHORTEST_PIECE_SECONDS, longestSeconds / 2));
  const longest = Math.max(2 * shortest, Math.min(LONGEST_PIECE_SECONDS, longestSeconds / 2));
  const edges = edgesOf(durationSeconds, cuts, shortest);
  const shots: Stretch[] = [];
  for (const [i, endSeconds] of edges.slice(1).entries())
    part({ startSeconds: edges[i] ?? 0, endSeconds }, longest, loudness, shots);
  return shots;
}

function edgesOf(durationSeconds: number, cuts: readonly number[], shortest: number): number[] {
  const edges = [0];
  for (const cut of cuts.toSorted((a, b) => a - b))
    if (cut - (edges.at(-1) ?? 0) >= shortest && durationSeconds - cut >= shortest) edges.push(cut);
  return [...edges, durationSeconds];
}

function part(shot: Stretch, longest: number, loudness: Loudness | null, shots: Stretch[]): void {
  if (shot.endSeconds - shot.startSeconds <= longest) {
    shots.push(shot);
    return;
  }
  const at = quietPlace(shot, loudness);
  part({ startSeconds: shot.startSeconds, endSeconds: at }, longest, loudness, shots);
  part({ startSeconds: at, endSeconds: shot.endSeconds }, longest, loudness, shots);
}

/** The quietest of the places in its middle half; the middle where nothing is known, or all are as loud. */
function quietPlace({ startSeconds, endSeconds }: Stretch, loudness: Loudness | null): number {
  const quarter = (endSeconds - startSeconds) / 4;
  const middle = startSeconds + 2 * quarter;
  if (!loudness) return middle;
  const places = [
    middle,
    ...Array.from({ length: PLACES + 1 }, (_, i) => startSeconds + quarter + (2 * quarter * i) / PLACES),
  ];
  const levels = levelsOf(
    places.map((place) => ({ startSeconds: place, endSeconds: place + loudness.stepSeconds })),
    loudness,
  );
  return places[levels.indexOf(Math.min(...levels))] ?? middle;
}
