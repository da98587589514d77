import type { MomentFeature } from '../found-moments.ts';
import type { Window } from '../windows.ts';

/** One thing that a window is judged by. */
export type Feature = {
  name: MomentFeature;
  /** How much a standard deviation counts; below 0 where it counts against. */
  weight: number;
  /** In standard deviations of this video. */
  over: (window: Window) => number;
  /** What was counted, in the video's own words. */
  evidence?: (window: Window) => readonly string[];
};
