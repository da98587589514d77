/** A clip's picture on its own clock, in ticks that start at 0. */
export type ClipSpan = {
  duration: number;
  /** Ticks at which decoding can begin, ascending. */
  keyframes: readonly number[];
  /** Ticks before which nothing needs what comes after, ascending. */
  exits: readonly number[];
};

/** A stretch of the film, in film ticks unless said otherwise. */
export type Stretch =
  | {
      kind: 'COPY';
      clip: number;
      /** Clip ticks; a keyframe, and an exit. */
      from: number;
      to: number;
      /** Where it begins in the film. */
      at: number;
    }
  | { kind: 'ENCODE'; from: number; to: number };

export type FilmPlan = {
  /** Where each clip begins in the film. */
  starts: number[];
  duration: number;
  /** Gapless, in order. */
  stretches: Stretch[];
};

/**
 * Lays clips one after another, each overlapping the next by the ticks of their join in `crossfades`,
 * and copies all it can: between two overlaps a clip is copied from its first keyframe after the one
 * to its last exit before the other. Only what is left between copies is encoded.
 */
export function planFilm(clips: readonly ClipSpan[], crossfades: readonly number[]): FilmPlan {
  const starts: number[] = [];
  let end = 0;
  for (const [index, { duration }] of clips.entries()) {
    const start = end - (crossfades[index - 1] ?? 0);
    starts.push(start);
    end = start + duration;
  }
  const bodies = clips.flatMap((clip, index) => {
    const before = crossfades[index - 1] ?? 0;
    const after = crossfades[index] ?? 0;
    const from = index === 0 ? 0 : clip.keyframes.find((tick) => tick >= before);
    const to = after === 0 ? clip.duration : clip.exits.findLast((tick) => tick <= clip.duration - after);
    const at = starts[index];
    if (from === undefined || to === undefined || at === undefined || from >= to) return [];
    return [{ kind: 'COPY' as const, clip: index, from, to, at: at + from }];
  });
  return { starts, duration: end, stretches: fillGaps(bodies, end) };
}

function fillGaps(bodies: readonly Extract<Stretch, { kind: 'COPY' }>[], end: number): Stretch[] {
  const stretches: Stretch[] = [];
  let reached = 0;
  for (const body of bodies) {
    if (body.at > reached) stretches.push({ kind: 'ENCODE', from: reached, to: body.at });
    stretches.push(body);
    reached = body.at + body.to - body.from;
  }
  if (end > reached) stretches.push({ kind: 'ENCODE', from: reached, to: end });
  return stretches;
}
