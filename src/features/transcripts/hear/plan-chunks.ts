/** Where a long sound is parted to be heard a stretch at a time. Pure. */

/** A stretch of a video, in seconds from its start. */
export type Stretch = { startSeconds: number; endSeconds: number };

export type ChunkLimits = {
  /** Longest that a chunk may be, in seconds. */
  longestSeconds?: number;
  /** What two chunks that meet both have, in seconds, so that their words can be laid over each other. */
  overlapSeconds?: number;
};

/** Below the half hour that the model takes, whose laxness is no promise. */
const LONGEST_SECONDS = 1_500;
/** Without any a sentence was lost at every seam (measured by others, 2026). */
const OVERLAP_SECONDS = 15;
/** How far before its latest a seam may lie, as a share of a chunk. */
const EARLIEST = 0.6;
/** Of a silence before and behind what is said that is heard all the same. */
const MARGIN_SECONDS = 1;

/**
 * The chunks of a video's sound, in order: parted in the middle of the longest silence in reach, each with some of the next one.
 * Where nothing is said, nothing is to be heard: chunks that are silent are left out, and those at the edges are cut short.
 *
 * @param silences in any order.
 */
export function planChunks(
  durationSeconds: number,
  silences: readonly Stretch[],
  { longestSeconds = LONGEST_SECONDS, overlapSeconds = OVERLAP_SECONDS }: ChunkLimits = {},
): Stretch[] {
  const known = merged(silences, durationSeconds);
  const seams = [0, ...seamsOf(durationSeconds, known, longestSeconds - overlapSeconds), durationSeconds];
  return seams.slice(1).flatMap((end, index) => {
    const begin = seams[index] ?? 0;
    if (known.some(({ startSeconds, endSeconds }) => startSeconds <= begin && endSeconds >= end)) return [];
    const chunk = {
      startSeconds: Math.max(0, begin - overlapSeconds / 2),
      endSeconds: Math.min(durationSeconds, end + overlapSeconds / 2),
    };
    return [withoutSilentEdges(chunk, known)];
  });
}

/** Where two chunks meet; no further apart than `most`. */
function seamsOf(durationSeconds: number, silences: readonly Stretch[], most: number): number[] {
  const seams: number[] = [];
  for (let from = 0; durationSeconds - from > most;) {
    const latest = from + most;
    const earliest = from + most * EARLIEST;
    const inReach = silences
      .map(({ startSeconds, endSeconds }) => ({
        startSeconds: Math.max(startSeconds, earliest),
        endSeconds: Math.min(endSeconds, latest),
      }))
      .filter(({ startSeconds, endSeconds }) => endSeconds > startSeconds)
      .toSorted((a, b) => lengthOf(b) - lengthOf(a));
    const [longest] = inReach;
    from = longest ? (longest.startSeconds + longest.endSeconds) / 2 : latest;
    seams.push(from);
  }
  return seams;
}

const lengthOf = ({ startSeconds, endSeconds }: Stretch): number => endSeconds - startSeconds;

function withoutSilentEdges({ startSeconds, endSeconds }: Stretch, silences: readonly Stretch[]): Stretch {
  const before = silences.find((each) => each.startSeconds <= startSeconds && each.endSeconds > startSeconds);
  const behind = silences.find((each) => each.startSeconds < endSeconds && each.endSeconds >= endSeconds);
  return {
    startSeconds: Math.max(startSeconds, (before?.endSeconds ?? 0) - MARGIN_SECONDS),
    endSeconds: Math.min(endSeconds, (behind?.startSeconds ?? Infinity) + MARGIN_SECONDS),
  };
}

/** In order, none over another, within the video. */
function merged(silences: readonly Stretch[], durationSeconds: number): Stretch[] {
  const found: Stretch[] = [];
  const inside = silences
    .map(({ startSeconds, endSeconds }) => ({
      startSeconds: Math.max(0, startSeconds),
      endSeconds: Math.min(durationSeconds, endSeconds),
    }))
    .filter(({ startSeconds, endSeconds }) => endSeconds > startSeconds)
    .toSorted((a, b) => a.startSeconds - b.startSeconds);
  for (const silence of inside) {
    const last = found.at(-1);
    if (last && silence.startSeconds <= last.endSeconds)
      last.endSeconds = Math.max(last.endSeconds, silence.endSeconds);
    else found.push({ ...silence });
  }
  return found;
}
