/** Cents are what people cap, micro-USD what the ledger counts. */
export const MICRO_USD_PER_CENT = 10_000;
const MICRO_USD_PER_DOLLAR = 1_000_000;

/** Dollars as people read them, for messages: `$0.04`, `$12.50`, `$0.009`. Exact to the micro-dollar. */
export function inDollars(microUsd: number | bigint): string {
  const dollars = Number(microUsd) / MICRO_USD_PER_DOLLAR;
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: 6,
  }).format(dollars);
}
