import type { Reaction } from '../finder-input.ts';
import type { Levels } from '../levels.ts';
import { Rate } from '../rate.ts';
import type { Stretch } from '../windows.ts';
import type { Feature } from './feature.ts';

/** A reaction that begins so soon after the words is to them. */
const SOON_SECONDS = 1.5;
/** Longer applause counts no more. */
const LONGEST_REACTION_SECONDS = 3;

/** How loud it is against the video. */
export function energy(stretches: readonly Stretch[], levels: Levels, weight: number): Feature {
  const rate = new Rate(
    stretches.map((stretch) => levels.over(stretch)),
    stretches.map(({ startSeconds, endSeconds }) => endSeconds - startSeconds),
  );
  return { name: 'ENERGY', weight, over: ({ first, last }) => rate.over(first, last) };
}

/** Seconds for which the audience is heard in each stretch or right after it. */
export function reactedTo(stretches: readonly Stretch[], reactions: readonly Reaction[]): number[] {
  const seconds = stretches.map(() => 0);
  const ordered = reactions.toSorted((a, b) => a.startSeconds - b.startSeconds);
  let at = 0;
  for (const reaction of ordered) {
    // What begins in a stretch, or before the next one that is not at once.
    while (
      at + 1 < stretches.length &&
      (stretches[at + 1]?.startSeconds ?? Infinity) <= reaction.startSeconds
    )
      at += 1;
    const stretch = stretches[at];
    const isTo =
      stretch &&
      reaction.startSeconds >= stretch.startSeconds &&
      reaction.startSeconds < stretch.endSeconds + SOON_SECONDS;
    const length = Math.max(
      0,
      Math.min(LONGEST_REACTION_SECONDS, reaction.endSeconds - reaction.startSeconds),
    );
    if (isTo) seconds[at] = (seconds[at] ?? 0) + length;
  }
  return seconds;
}

/** Laughter and applause. */
export function audience(stretches: readonly Stretch[], reactions: readonly Reaction[]): Feature {
  const heard = reactedTo(stretches, reactions);
  const rate = new Rate(
    heard,
    stretches.map(() => 1),
  );
  const kinds = ({ startSeconds, endSeconds }: Stretch) =>
    reactions
      .filter((r) => r.startSeconds >= startSeconds && r.startSeconds < endSeconds + SOON_SECONDS)
      .map(({ kind }) => kind);
  return {
    name: 'REACTION',
    weight: 1,
    over: ({ first, last }) => rate.over(first, last),
    evidence: ({ first, last }) => {
      const [from, to] = [stretches[first], stretches[last]];
      return from && to ? kinds({ startSeconds: from.startSeconds, endSeconds: to.endSeconds }) : [];
    },
  };
}
