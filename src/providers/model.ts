import type { Price } from './price.ts';

/** A model a provider uses for one kind of call. */
export type Model = {
  /** The vendor's name of it: `veo-3.1-generate-001`. */
  name: string;
  /** None for what is free. */
  prices: readonly Price[];
  /** Day from which on it may be gone, as its vendor tells: `2026-11-17`; null or absent where none is told. */
  retiresOn?: string | null;
  /** Name of the model that takes its place; null or absent where none is told. */
  replacement?: string | null;
  /** Where the vendor tells of it: an address a person can open. */
  source?: string;
  /** Day on which it was read there. */
  asOf?: string;
};
