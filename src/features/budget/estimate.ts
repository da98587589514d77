/** What work will cost, before it is done. Pure: quotes and counts in, micro-USD out. */
import type { RunStage } from '../../generated/prisma/client.ts';
import type { Price, Quote, Usage } from '../../providers/price.ts';
import type { Model, PaidCall } from '../../providers/provider.ts';
import { costOf, priceOf, usedUnits } from './cost-of.ts';
import { isStale } from './price-age.ts';

/** From the least to the most. */
export type Spread = {
  /** Everything works at its first try. */
  low: number;
  likely: number;
  /** All that the engine's own limits allow. */
  high: number;
};

/** Calls of one kind that are still to be made. */
export type Work = { call: PaidCall; model: Model; quote: Quote; times: Spread };

/** What calls of a kind have cost so far, in micro-USD. */
export type Spent = {
  /** Charged for good. */
  settledMicroUsd: number;
  /** Set aside for calls that are on their way, or of which nobody knows. */
  reservedMicroUsd: number;
};

export type StageEstimate = Spent & {
  stage: RunStage;
  /** Paid calls that are still to be made. */
  calls: Spread;
  /** What they will cost, in micro-USD. */
  remainingMicroUsd: Spread;
  /** All of it: charged, set aside and still to come. In micro-USD. */
  totalMicroUsd: Spread;
};

/** A price that may have changed, and the model it is of. */
export type StalePrice = Price & { model: string };

export type CostEstimate = Omit<StageEstimate, 'stage'> & {
  /** Every stage of a film, in order. */
  stages: StageEstimate[];
  stalePrices: StalePrice[];
};

/** Stage in which calls of a kind are made. */
export const STAGE_OF = {
  STORYBOARD: 'STORYBOARD',
  KEYFRAME: 'KEYFRAMES',
  CLIP: 'CLIPS',
} as const satisfies Record<PaidCall, RunStage>;

/** Stages of a film, in order; the last makes no paid call. */
const STAGES = ['STORYBOARD', 'KEYFRAMES', 'CLIPS', 'STITCH'] as const satisfies RunStage[];

export const NOTHING: Spread = { low: 0, likely: 0, high: 0 };
const UNSPENT: Spent = { settledMicroUsd: 0, reservedMicroUsd: 0 };

/** The same number at every point. */
export const exactly = (count: number): Spread => ({ low: count, likely: count, high: count });

/** The sum of each point. */
export const plus = (one: Spread, other: Spread): Spread => ({
  low: one.low + other.low,
  likely: one.likely + other.likely,
  high: one.high + other.high,
});

/**
 * Estimates what is left to do beside what was spent.
 *
 * `low` counts only what a call is sure to use, `high` the most that is set aside for one: the bill of a finished
 * film lies between the two unless prices change.
 */
export function estimateCost(
  work: readonly Work[],
  spent: Partial<Record<PaidCall, Spent>>,
  now: Date,
): CostEstimate {
  const stages = STAGES.map((stage) => estimateStage(stage, work, spent));
  return { ...sumOf(stages), stages, stalePrices: stalePricesOf(work, now) };
}

function estimateStage(
  stage: RunStage,
  work: readonly Work[],
  spent: Partial<Record<PaidCall, Spent>>,
): StageEstimate {
  const calls = work.filter(({ call }) => STAGE_OF[call] === stage);
  const kinds = Object.entries(STAGE_OF).filter(([, of]) => of === stage);
  const past = kinds.map(([call]) => spent[call as PaidCall] ?? UNSPENT);
  return {
    stage,
    ...total(past, {
      calls: calls.map(({ times }) => times).reduce(plus, NOTHING),
      remainingMicroUsd: calls.map(costsOf).reduce(plus, NOTHING),
    }),
  };
}

const sumOf = (stages: StageEstimate[]): Omit<StageEstimate, 'stage'> =>
  total(stages, {
    calls: stages.map(({ calls }) => calls).reduce(plus, NOTHING),
    remainingMicroUsd: stages.map(({ remainingMicroUsd }) => remainingMicroUsd).reduce(plus, NOTHING),
  });

function total(
  past: Spent[],
  left: Pick<StageEstimate, 'calls' | 'remainingMicroUsd'>,
): Omit<StageEstimate, 'stage'> {
  const settledMicroUsd = past.reduce((sum, spent) => sum + spent.settledMicroUsd, 0);
  const reservedMicroUsd = past.reduce((sum, spent) => sum + spent.reservedMicroUsd, 0);
  // What is set aside may be given back, or be charged whole.
  const known = { ...exactly(settledMicroUsd + reservedMicroUsd), low: settledMicroUsd };
  return { settledMicroUsd, reservedMicroUsd, ...left, totalMicroUsd: plus(known, left.remainingMicroUsd) };
}

function costsOf({ model, quote, times }: Work): Spread {
  const cost = (usage: Usage) => costOf(usage, model, quote.resolution);
  return {
    low: times.low * cost(surelyUsed(quote)),
    likely: times.likely * cost(quote.likely),
    high: times.high * cost(quote.most),
  };
}

/** The units of which a call never uses more or less than usual. */
const surelyUsed = ({ likely, most }: Quote): Usage =>
  Object.fromEntries(usedUnits(likely).filter(([unit, amount]) => most[unit] === amount));

function stalePricesOf(work: readonly Work[], now: Date): StalePrice[] {
  const used = work.flatMap(({ model, quote }) =>
    usedUnits(quote.most).flatMap(([unit]) => {
      const price = priceOf(model.prices, unit, quote.resolution);
      return price ? [{ ...price, model: model.name }] : [];
    }),
  );
  const stale = used.filter((price) => isStale(price, now));
  return stale.filter(
    ({ model, unit }, index) => index === stale.findIndex((one) => one.model === model && one.unit === unit),
  );
}
