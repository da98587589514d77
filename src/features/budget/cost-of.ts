import type { Price, PriceUnit, Usage } from '../../providers/price.ts';
import type { Model } from '../../providers/provider.ts';

/**
 * What a call costs that used so much of a model, in whole micro-USD, rounded up.
 *
 * @throws {Error} if the model has prices but none for a unit that was used: a gap in a provider's price list.
 */
export function costOf(usage: Usage, { name, prices }: Model, resolution: string | null): number {
  if (prices.length === 0) return 0;
  const parts = usedUnits(usage).map(([unit, amount]) => {
    const price = priceOf(prices, unit, resolution);
    if (!price)
      throw new Error(`Model ${name} has no price for ${unit} at ${resolution ?? 'any resolution'}.`);
    return amount * price.microUsd;
  });
  return roundUp(parts.reduce((sum, part) => sum + part, 0));
}

/** The units a call used any of. */
export const usedUnits = (usage: Usage): [PriceUnit, number][] =>
  (Object.entries(usage) as [PriceUnit, number][]).filter(([, amount]) => amount > 0);

/** The price of a unit: the one for the resolution before the one for all. */
export const priceOf = (prices: readonly Price[], unit: PriceUnit, resolution: string | null) =>
  prices.find((price) => price.unit === unit && price.resolution === resolution) ??
  prices.find((price) => price.unit === unit && price.resolution === null);

/** 0.1 + 0.2 of a price must not become a micro-dollar more: what is off by less than this is a float's error. */
const FLOAT_ERROR_MICRO_USD = 1e-6;

const roundUp = (microUsd: number) => Math.ceil(microUsd - FLOAT_ERROR_MICRO_USD);
