/** Where somebody may speak, by how loud it is. Pure. */

/** Seconds from the start of the sound. */
export type SpeechSpan = { startSeconds: number; endSeconds: number };

/** Seconds that a level stands for. */
export const LEVEL_SECONDS = 0.01;

/** dB below the loud parts at which words still begin and end. */
const BELOW_LOUD = 32;
/** dB that speech is above what goes on behind it. */
const ABOVE_FLOOR = 6;
/** Shares of the sound that are quieter. */
const FLOOR = 0.1;
const LOUD = 0.95;
/** Quieter than this in dBFS nobody speaks. */
const SILENCE = -60;
/** Pauses between words; longer ones part spans. */
const GAP_SECONDS = 0.3;
/** Clicks are shorter. */
const LEAST_SECONDS = 0.1;
/** Words begin softly and end slowly. */
const BEFORE_SECONDS = 0.2;
const AFTER_SECONDS = 0.25;
/** Recognisers hear no longer stretch at once. */
const LONGEST_SECONDS = 18;

/**
 * The spans of a sound in which somebody may speak, in order, none longer than 18 s: parted at silences, and where there are none
 * at the quietest place. Music is one, too: only what is quiet is told apart.
 *
 * @param levels dBFS, one for each `LEVEL_SECONDS`.
 */
export function speechSpans(levels: Float32Array): SpeechSpan[] {
  const threshold = thresholdOf(levels);
  const runs = joinedRuns(loudRuns(levels, threshold));
  const padded = runs.map(({ from, to }) => ({
    from: Math.max(0, from - BEFORE_SECONDS / LEVEL_SECONDS),
    to: Math.min(levels.length, to + AFTER_SECONDS / LEVEL_SECONDS),
  }));
  return joinedRuns(padded, 0)
    .flatMap((run) => parted(levels, run))
    .map(({ from, to }) => ({ startSeconds: from * LEVEL_SECONDS, endSeconds: to * LEVEL_SECONDS }));
}

type Run = { from: number; to: number };

function thresholdOf(levels: Float32Array): number {
  const sorted = levels.toSorted();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? SILENCE;
  const [floor, loud] = [at(FLOOR), at(LOUD)];
  return Math.max(SILENCE, loud - BELOW_LOUD, Math.min(floor + ABOVE_FLOOR, loud - ABOVE_FLOOR));
}

function loudRuns(levels: Float32Array, threshold: number): Run[] {
  const runs: Run[] = [];
  let from = -1;
  for (let index = 0; index <= levels.length; index += 1) {
    const isLoud = index < levels.length && levels[index]! > threshold;
    if (isLoud && from < 0) from = index;
    if (isLoud || from < 0) continue;
    runs.push({ from, to: index });
    from = -1;
  }
  return runs;
}

function joinedRuns(runs: readonly Run[], gap = GAP_SECONDS / LEVEL_SECONDS): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && run.from - last.to <= gap) last.to = Math.max(last.to, run.to);
    else joined.push({ ...run });
  }
  return joined.filter(({ from, to }) => to - from >= LEAST_SECONDS / LEVEL_SECONDS);
}

/** Pieces that are short enough, parted where it is quietest, not near the ends. */
function parted(levels: Float32Array, run: Run): Run[] {
  const length = run.to - run.from;
  if (length <= LONGEST_SECONDS / LEVEL_SECONDS) return [run];
  const [first, last] = [run.from + Math.floor(length / 4), run.to - Math.floor(length / 4)];
  let at = first;
  let least = Infinity;
  // A tenth of a second: the zero of a wave is no pause.
  const around = 5;
  for (let index = first; index < last; index += 1) {
    let sum = 0;
    for (let near = index - around; near < index + around; near += 1) sum += levels[near]!;
    if (sum < least) [least, at] = [sum, index];
  }
  return [...parted(levels, { from: run.from, to: at }), ...parted(levels, { from: at, to: run.to })];
}
