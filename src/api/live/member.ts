import { setImmediate as nextTurn } from 'node:timers/promises';
import { SubscriptionOverflowError } from '../../core/errors.ts';
import type { LogBatch } from '../../features/audit/live/log-tail.ts';
import type { NumberedEntry } from '../../features/audit/log/numbered-entry.ts';
import { mergeProgress } from '../../features/audit/live/merge-progress.ts';
import type { LiveTally } from './live-tally.ts';
import type { Outlet, Rendered } from './outlet.ts';

/** Subscribers who hear the same, to one of them. */
export type MemberGroup = {
  /** Where what happens here is counted. */
  readonly tally: LiveTally;
  join(member: Member): void;
  leave(member: Member): void;
  /** Takes a member in that is as far as the group, so that it is given what comes next. */
  admit(member: Member): boolean;
  /** Lets a member go on by itself. */
  release(member: Member): void;
  /** Counts what a member misses, until `resume`. */
  hold(member: Member): void;
  resume(member: Member): void;
  /** What follows a place in the log, of what the members hear. */
  read(after: bigint): Promise<LogBatch>;
  /**
   * The event an entry is told as, or where events are merged a newer one; undefined if it is passed over. Executed once
   * for all who are about there.
   */
  render(entry: NumberedEntry): Promise<Rendered | undefined>;
  /** Whether nothing follows an entry. */
  isEnd(entry: NumberedEntry): boolean;
};

/**
 * A subscriber on its way through the log: it replays what it missed, then stays with its group. One that reads
 * slowly leaves the group until it has read what it was given, and catches up from the log: nothing waits for it in
 * memory. A replay is never merged; only live progress for a client that is behind is.
 */
export class Member {
  readonly #group: MemberGroup;
  readonly #outlet: Outlet;
  /** Called when it is let go, whoever wanted it. */
  onEnd: () => void = () => {};
  /** Everything up to here was handed over. */
  position: bigint;
  #missed = 0;
  #full = false;
  #left = false;
  /** Whether it was where its group is. Until then all that it is given is a replay, which is never merged. */
  #isLive = false;

  constructor(group: MemberGroup, outlet: Outlet, position: bigint) {
    this.#group = group;
    this.#outlet = outlet;
    this.position = position;
    group.join(this);
  }

  /** Hands the marker over, if any, and all that follows. */
  async start(marker: Promise<Rendered> | undefined): Promise<void> {
    try {
      const first = await marker;
      if (first && !this.#left) this.#send(first);
    } catch (error) {
      this.end(error);
    }
    await this.#follow();
  }

  /** Hands an event over that the group has just come to. */
  push(rendered: Rendered): void {
    if (rendered.position <= this.position) return;
    this.#send(rendered);
    if (!this.#full || this.#left) return;
    this.#group.release(this);
    void this.#follow();
  }

  /** Counts an event that has to wait until it reads on; ends it if those are too many. */
  miss(atMost: number): void {
    this.#missed += 1;
    if (this.#missed <= atMost) return;
    this.#group.tally.overflows += 1;
    this.end(new SubscriptionOverflowError(String(this.position)));
  }

  /** Lets it go, and tells it so. */
  end(error?: unknown): void {
    if (this.#left) return;
    this.#left = true;
    this.#group.leave(this);
    this.onEnd();
    this.#outlet.end(error);
  }

  #send(rendered: Rendered): void {
    this.#full = !this.#outlet.send(rendered);
    this.#group.tally.sent += 1;
    this.position = rendered.position;
    if (rendered.isLast) this.end();
  }

  /** Catches up until it is where its group is. */
  async #follow(): Promise<void> {
    try {
      while (!this.#left) {
        if (this.#full) {
          await this.#drain();
        } else if (this.#group.admit(this)) {
          this.#isLive = true;
          return;
        } else {
          const { entries, position } = await this.#group.read(this.position);
          const handed = await this.#hand(this.#isLive ? mergeProgress(entries) : entries);
          if (handed && position > this.position) this.position = position;
          // Where all is in memory, nothing else would be done until it has caught up.
          await nextTurn();
        }
      }
    } catch (error) {
      this.end(error);
    }
  }

  /** Whether all were handed over; it stops where the subscriber is slow. */
  async #hand(entries: readonly NumberedEntry[]): Promise<boolean> {
    for (const entry of entries) {
      if (entry.sequence <= this.position) continue;
      const rendered = await this.#group.render(entry);
      if (this.#left) return false;
      if (rendered) this.#send(rendered);
      if (this.#group.isEnd(entry)) this.end();
      if (this.#full || this.#left) return false;
    }
    return true;
  }

  async #drain(): Promise<void> {
    this.#group.hold(this);
    await this.#outlet.drained();
    this.#group.resume(this);
    this.#full = false;
    this.#missed = 0;
  }
}
