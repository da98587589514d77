/** What work by the thousand costs. */
import { LRUCache } from 'lru-cache';
import { costsOf, exactly, NOTHING, plus, type Spread, type Work } from './estimate.ts';

/** Calls of a model whose cost is known by heart; ours: more than one job asks for, unless its words price them. */
const MOST_KNOWN = 1_000;

/**
 * The `remainingMicroUsd` of `estimateCost` and no more, as of a moment. What one call costs is worked out once, for most
 * films ask for the same: each time, it takes a quarter of a millisecond and leaves 30 kB of garbage.
 */
export function costsAt(now: Date): (work: readonly Work[]) => Spread {
  // By the model itself: two vendors may call theirs alike.
  const ofModels = new Map<Work['model'], LRUCache<string, Spread>>();
  const costOfOne = (work: Work): Spread => {
    const known = ofModels.get(work.model) ?? new LRUCache<string, Spread>({ max: MOST_KNOWN });
    ofModels.set(work.model, known);
    const call = JSON.stringify(work.quote);
    const cost = known.get(call) ?? costsOf({ ...work, times: exactly(1) }, now);
    known.set(call, cost);
    return cost;
  };
  return (work) => work.map((each) => multiplied(costOfOne(each), each.times)).reduce(plus, NOTHING);
}

const multiplied = (one: Spread, times: Spread): Spread => ({
  low: one.low * times.low,
  likely: one.likely * times.likely,
  high: one.high * times.high,
});
