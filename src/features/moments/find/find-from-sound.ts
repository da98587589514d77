import { chosen } from './choose.ts';
import type { Feature } from './features/feature.ts';
import { audience, energy } from './features/sound.ts';
import type { SoundInput } from './finder-input.ts';
import type { Findings } from './found-moments.ts';
import { judged, reasonsFor } from './judge.ts';
import { Levels } from './levels.ts';
import { Rate, standardised } from './rate.ts';
import { shortfallOf } from './shortfall.ts';
import { shotsOf } from './shots.ts';
import { windowsOf, type Stretch } from './windows.ts';

export type SoundFindings = Findings & { foundBy: 'FROM_SOUND' };

/**
 * Finds lively stretches of a video without words, by its shots and its sound. It knows nothing of what they are about: on
 * talks that is no better than chance, so where there are words `findMoments` is to be asked. Pure; throws nothing.
 */
export function findFromSound(input: SoundInput): SoundFindings {
  const { durationSeconds, cuts, limits, reactions = [] } = input;
  const levels = Levels.of(input.loudness);
  const shots = shotsOf(durationSeconds, cuts, levels, limits.maxMomentLength);
  const features = [
    ...(levels ? [energy(shots, levels, 1), opening(shots, levels)] : []),
    pace(shots, cuts),
    audience(shots, reactions),
  ];
  const windows = windowsOf(shots, limits.minMomentLength, limits.maxMomentLength);
  const moments = chosen(judged(windows, features), limits, () => false).map((window) => ({
    startSeconds: shots[window.first]?.startSeconds ?? 0,
    endSeconds: shots[window.last]?.endSeconds ?? 0,
    score: window.score,
    reasons: reasonsFor(window, features),
  }));
  return { foundBy: 'FROM_SOUND', moments, shortfall: shortfallOf(input, moments.length, true) };
}

/** How much louder it becomes where it begins. */
function opening(shots: readonly Stretch[], levels: Levels): Feature {
  const heard = shots.map((shot) => levels.over(shot));
  const rises = standardised(heard.map((level, i) => level - (heard[i - 1] ?? level)));
  return { name: 'HOOK', weight: 0.7, over: ({ first }) => rises[first] ?? 0 };
}

/** How fast shots follow each other. */
function pace(shots: readonly Stretch[], cuts: readonly number[]): Feature {
  const seconds = shots.map(({ startSeconds, endSeconds }) => endSeconds - startSeconds);
  const counts = shots.map(() => 0);
  let at = 0;
  for (const cut of cuts.toSorted((a, b) => a - b)) {
    while (at + 1 < shots.length && (shots[at]?.endSeconds ?? 0) <= cut) at += 1;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const rate = new Rate(
    counts.map((count, i) => count / (seconds[i] || 1)),
    seconds,
  );
  return { name: 'SHOTS', weight: 0.5, over: ({ first, last }) => rate.over(first, last) };
}
