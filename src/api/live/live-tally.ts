import type { Group } from './group.ts';

/** What goes on in the fan-out, as plain numbers: counting costs nothing where it is busy. */
export class LiveTally {
  /** By what their members have in common. */
  readonly groups = new Map<string, Group>();
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
