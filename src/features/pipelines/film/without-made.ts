import type { SpentByCall } from '../../budget/estimate.ts';
import type { FilmCall } from '../../projects/film-provider.ts';
import type { FilmWork } from './film-work.ts';

/**
 * The same work without storyboards and frames that are on their way: they are set aside, and will not be bought again.
 * A clip on its way shows in its row, and is not among the work.
 */
export function withoutMade(work: readonly FilmWork[], spent: SpentByCall): FilmWork[] {
  const open = (call: FilmCall) => spent[call]?.onTheirWay ?? 0;
  const left = { STORYBOARD: open('STORYBOARD'), KEYFRAME: open('KEYFRAME'), CLIP: 0 };
  return work.map((calls) => {
    const { low, likely, high } = calls.times;
    const made = Math.min(low, left[calls.call]);
    left[calls.call] -= made;
    return { ...calls, times: { low: low - made, likely: likely - made, high: high - made } };
  });
}
