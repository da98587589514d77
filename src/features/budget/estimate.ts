/** What work will cost, before it is done. Pure: quotes and counts in, micro-USD out. */
import type { Stage, Stages } from '../../core/stages/stages.ts';
import type { RunStage } from '../../generated/prisma/client.ts';
import type { Price, Quote, Usage } from '../../providers/price.ts';
import type { Model } from '../../providers/model.ts';
import type { PaidCall } from '../../providers/paid-call.ts';
import { costOf, priceOf, ratesOf, usedUnits } from './cost-of.ts';
import { dayOf, daysLater, isStale } from './price-age.ts';

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

/** What something has cost so far, in micro-USD. */
export type Spent = {
  /** Charged for good. */
  settledMicroUsd: number;
  /** Set aside for calls that are on their way, or of which nobody knows. */
  reservedMicroUsd: number;
};

/** What the calls of each kind have cost; kinds of which none was paid are left out. */
export type SpentByCall = Partial<Record<PaidCall, Spent & { onTheirWay: number }>>;

export type StageEstimate = Spent & {
  stage: RunStage;
  /** Paid calls that are still to be made. */
  calls: Spread;
  /** What they will cost, in micro-USD. */
  remainingMicroUsd: Spread;
  /** All of it: charged, set aside and still to come. In micro-USD. */
  totalMicroUsd: Spread;
};

/** A price, and the model it is of. */
export type ModelPrice = Price & { model: string };

export type CostEstimate = Omit<StageEstimate, 'stage'> & {
  /** Every stage of the flow, in order. */
  stages: StageEstimate[];
  /** Those that may have changed. */
  stalePrices: ModelPrice[];
  /** Those that take the place of others within {@link PRICE_WINDOW_DAYS}. */
  comingPrices: ModelPrice[];
};

/** Days for which a film may still be bought after it was asked about, held by a cap of a day or paused; ours. */
export const PRICE_WINDOW_DAYS = 14;

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
 * film lies between the two unless prices change. A change that is told and near counts: `low` is of the cheapest of the
 * days, `high` of the dearest.
 */
export function estimateCost(
  flow: Stages<RunStage, PaidCall>,
  work: readonly Work[],
  spent: SpentByCall,
  now: Date,
): CostEstimate {
  const stages = flow.map((stage) => estimateStage(stage, work, spent, now));
  const stalePrices = usedPrices(work, now).filter((price) => isStale(price, now));
  return { ...sumOf(stages), stages, stalePrices, comingPrices: comingPricesOf(work, now) };
}

function estimateStage(
  { name, buys }: Stage<RunStage, PaidCall>,
  work: readonly Work[],
  spent: SpentByCall,
  now: Date,
): StageEstimate {
  const calls = work.filter(({ call }) => buys.includes(call));
  const past = buys.map((call) => spent[call] ?? UNSPENT);
  return {
    stage: name,
    ...total(past, {
      calls: calls.map(({ times }) => times).reduce(plus, NOTHING),
      remainingMicroUsd: calls.map((each) => costsOf(each, now)).reduce(plus, NOTHING),
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

/** What work costs whose first day is that of `now`, in micro-USD. */
export function costsOf({ model, quote, times }: Work, now: Date): Spread {
  const today = dayOf(now);
  const days = [today, ...startsOf(model.prices, now).map(({ from = today }) => from)];
  const costs = (usage: Usage) => days.map((day) => costOf(usage, ratesOf(model, quote, day)));
  const [likely = 0] = costs(quote.likely);
  return {
    low: times.low * Math.min(...costs(surelyUsed(quote))),
    likely: times.likely * likely,
    high: times.high * Math.max(...costs(quote.most)),
  };
}

/** The units of which a call never uses more or less than usual. */
const surelyUsed = ({ likely, most }: Quote): Usage =>
  Object.fromEntries(usedUnits(likely).filter(([unit, amount]) => most[unit] === amount));

/** Prices that begin after today, and soon. */
function startsOf(prices: readonly Price[], now: Date): Price[] {
  const [today, last] = [dayOf(now), daysLater(now, PRICE_WINDOW_DAYS)];
  return prices.filter(({ from }) => from !== undefined && from > today && from <= last);
}

const isOpen = ({ times }: Work): boolean => times.high > 0;

/** The price of each unit that open work may use. */
function usedPrices(work: readonly Work[], now: Date): ModelPrice[] {
  const used = work.filter(isOpen).flatMap(({ model, quote }) =>
    usedUnits(quote.most).flatMap(([unit]) => {
      const price = priceOf(model.prices, unit, quote, dayOf(now));
      return price ? [{ ...price, model: model.name }] : [];
    }),
  );
  return withoutRepeats(used);
}

function comingPricesOf(work: readonly Work[], now: Date): ModelPrice[] {
  const coming = work.filter(isOpen).flatMap(({ model, quote }) => {
    const units = usedUnits(quote.most).map(([unit]) => unit);
    const starts = startsOf(model.prices, now).filter(({ unit }) => units.includes(unit));
    return starts.map((price) => ({ ...price, model: model.name }));
  });
  return withoutRepeats(coming);
}

const withoutRepeats = (prices: ModelPrice[]): ModelPrice[] =>
  prices.filter(
    ({ model, unit }, index) => index === prices.findIndex((one) => one.model === model && one.unit === unit),
  );
