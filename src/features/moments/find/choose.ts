import { type MomentLimits, MOST_MOMENTS } from './finder-input.ts';
import { fitting } from './fitting.ts';
import type { Judged } from './judge.ts';

/** What is below the video's average is chosen for the floor only. */
const AVERAGE = 5;

/** Whether two windows speak of the same. */
export type SameSubject = (a: Judged, b: Judged) => boolean;

/**
 * The best windows, none over another, none on the subject of a better one. Where that leaves fewer than `minMoments`,
 * subjects may return; where greed left no room, the best that find room together.
 */
export function chosen(
  windows: readonly Judged[],
  { minMoments, maxMoments }: MomentLimits,
  isSameSubject: SameSubject,
): Judged[] {
  const most = Math.min(maxMoments, MOST_MOMENTS);
  const floor = Math.min(minMoments, most);
  const ranked = windows.toSorted((a, b) => b.score - a.score || a.first - b.first || a.last - b.last);
  const taken: Judged[] = [];
  const take = (isWelcome: (window: Judged) => boolean, count: number) => {
    for (const window of ranked) {
      if (taken.length >= count) return;
      if (!taken.some((other) => overlap(other, window)) && isWelcome(window)) taken.push(window);
    }
  };
  const isNew = (window: Judged) => !taken.some((other) => isSameSubject(other, window));
  take((window) => window.score > AVERAGE && isNew(window), most);
  take(isNew, floor);
  take(() => true, floor);
  return taken.length < floor ? best(fitting(windows, floor)) : best(taken);
}

const best = (windows: readonly Judged[]) =>
  windows.toSorted((a, b) => b.score - a.score || a.first - b.first);
const overlap = (a: Judged, b: Judged) => a.first <= b.last && b.first <= a.last;
