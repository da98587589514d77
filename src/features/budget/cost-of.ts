/** What calls cost: how much was used, at the rates of its day. Pure. */
import type { Price, PriceUnit, Quote, Usage } from '../../providers/price.ts';
import type { Model } from '../../providers/model.ts';
import { holdsOn } from './price-age.ts';

/** Micro-USD for one of each unit, as they hold for a call; none for what is free. */
export type Rates = Partial<Record<PriceUnit, number>>;

/** What the price of a call depends on besides its model. */
export type Kind = Pick<Quote, 'resolution' | 'sound'>;

/** The rates of a model for a kind of call on a day (`2026-11-29`). */
export function ratesOf({ prices }: Pick<Model, 'prices'>, kind: Kind, day: string): Rates {
  const units = new Set(prices.map(({ unit }) => unit));
  return Object.fromEntries(
    [...units].flatMap((unit) => {
      const price = priceOf(prices, unit, kind, day);
      return price ? [[unit, price.microUsd]] : [];
    }),
  );
}

/**
 * The price of a unit on a day: the one for the resolution before the one for all. Where none holds on the day, the last
 * one that did, or the first that will.
 */
export function priceOf(
  prices: readonly Price[],
  unit: PriceUnit,
  { resolution, sound = true }: Kind,
  day: string,
): Price | undefined {
  const fitting = prices.filter((price) => price.unit === unit && (price.sound ?? sound) === sound);
  const exact = fitting.filter((price) => price.resolution === resolution);
  const meant = exact.length > 0 ? exact : fitting.filter((price) => price.resolution === null);
  const past = meant.filter(({ from }) => from === undefined || from <= day);
  return meant.find((price) => holdsOn(price, day)) ?? past.at(-1) ?? meant[0];
}

/**
 * What a call costs that used so much, in whole micro-USD, rounded up. Tokens of a kind that has no rate of its own are
 * charged as input, or at the dearest there is.
 *
 * @throws {Error} for a unit that has no rate at all: a gap in a provider's price list.
 */
export function costOf(usage: Usage, rates: Rates): number {
  if (Object.keys(rates).length === 0) return 0;
  const missing = usedUnits(usage).find(([unit]) => rateOf(rates, unit) === undefined);
  if (missing) throw new Error(`There is no price for ${missing[0]}.`);
  const parts = usedUnits(usage).map(([unit, amount]) => amount * (rateOf(rates, unit) ?? 0));
  return roundUp(parts.reduce((sum, part) => sum + part, 0));
}

/** Whether all that was used has a price. */
export const isPriced = (usage: Usage, rates: Rates): boolean =>
  usedUnits(usage).every(([unit]) => rateOf(rates, unit) !== undefined);

/** The units a call used any of. */
export const usedUnits = (usage: Usage): [PriceUnit, number][] =>
  (Object.entries(usage) as [PriceUnit, number][]).filter(([, amount]) => amount > 0);

const isOfTokens = (unit: string): boolean => unit.startsWith('MILLION_');

function rateOf(rates: Rates, unit: PriceUnit): number | undefined {
  const own =
    rates[unit] ?? (unit === 'MILLION_CACHED_INPUT_TOKENS' ? rates.MILLION_INPUT_TOKENS : undefined);
  if (own !== undefined) return own;
  const ofTokens = Object.entries(rates).flatMap(([of, rate]) => (isOfTokens(of) ? [rate] : []));
  return isOfTokens(unit) && ofTokens.length > 0 ? Math.max(...ofTokens) : undefined;
}

/** 0.1 + 0.2 of a price must not become a micro-dollar more: what is off by less than this is a float's error. */
const FLOAT_ERROR_MICRO_USD = 1e-6;

const roundUp = (microUsd: number) => Math.ceil(microUsd - FLOAT_ERROR_MICRO_USD);
