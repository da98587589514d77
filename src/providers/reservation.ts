declare const committed: unique symbol;

/**
 * Permission to spend: money for one call is set aside in the ledger, and that is committed.
 *
 * Only `features/budget` makes one, so a call that costs cannot be written without it.
 */
export type Reservation = {
  readonly [committed]: true;
  /** Unique for each purchase: the ledger's entries of a call share it. */
  operationKey: string;
  /** Most it may cost, in micro-USD; 0 for what is free, of which the ledger keeps no entry. */
  microUsd: number;
};
