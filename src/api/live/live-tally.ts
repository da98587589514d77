import { LRUCache } from 'lru-cache';
import type { Rendered } from './outlet.ts';

/** Ours: the last few events of some thousand groups, in bytes of memory. */
const RESULT_BYTES = 64 * 1_024 * 1_024;

/** What goes on in the fan-out, counted as plain numbers: that costs nothing where it is busy. */
export class LiveTally {
  /** Subscribers who hear the same, together. */
  groups: ReadonlyMap<string, { readonly size: number }> = new Map();
  /** Events that groups have executed, for members that are a little behind: more than one of them reads at once. */
  readonly results = new LRUCache<string, Promise<Rendered | undefined>>({ maxSize: RESULT_BYTES });
  /** Times a selection was executed for an event, however many hear of it. */
  executed = 0;
  /** Events handed to subscribers. */
  sent = 0;
  /** Subscribers that were ended because they read too slowly. */
  overflows = 0;

  /** Subscriptions now. */
  get subscriptions(): number {
    return [...this.groups.values()].reduce((sum, { size }) => sum + size, 0);
  }
}
