import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { LogBatch, LogTail } from '../../features/audit/live/log-tail.ts';
import type { NumberedEntry } from '../../features/audit/log/numbered-entry.ts';
import type { LiveEvents } from '../../graphql/live.ts';
import type { Actor } from '../../platform/context.ts';
import type { LiveTally } from './live-tally.ts';
import type { Member, MemberGroup } from './member.ts';
import { NewestOnly } from './newest-only.ts';
import type { Rendered } from './outlet.ts';

/** Executes the selection of the group's operation for one event. */
export type Execute = (event: unknown, at: { position: bigint; isLast: boolean }) => Promise<Rendered>;

/** What the members of a group have in common. */
type Shared = {
  tail: LogTail;
  actor: Actor;
  events: LiveEvents<unknown>;
  execute: Execute;
  tally: LiveTally;
  /** Events that a slow member may be behind before it is ended. */
  maxMissed: number;
  /** Called when the last member has left. */
  onEmpty(): void;
};

/** Ours, generous: a result as objects, its text, and that once more as it is sent. */
const BYTES_PER_CHARACTER = 8;

const bytesOf = ({ json }: Rendered): number => 1_000 + BYTES_PER_CHARACTER * json.length;

/** Subscribers who hear the same: an event is executed once, and all get the same text. */
export class Group implements MemberGroup {
  readonly #shared: Shared;
  readonly #members = new Set<Member>();
  /** Those of them who are where the group is. */
  readonly #live = new Set<Member>();
  /** Those who do not read what they were given. */
  readonly #slow = new Set<Member>();
  readonly #underWay = new Map<bigint, Promise<Rendered | undefined>>();
  readonly #name = randomUUID();
  readonly #newest: NewestOnly | null;
  readonly #stopFollowing: () => void;
  #position: bigint;
  #pumping = false;

  constructor(shared: Shared) {
    this.#shared = shared;
    this.#position = shared.tail.position;
    const { merging } = shared.events;
    this.#newest = merging
      ? new NewestOnly((entry) => this.#execute(entry), merging.everyMilliseconds)
      : null;
    this.#stopFollowing = shared.tail.follow(() => this.#pump());
  }

  /** How many members it has. */
  get size(): number {
    return this.#members.size;
  }

  get tally(): LiveTally {
    return this.#shared.tally;
  }

  join(member: Member): void {
    this.#members.add(member);
  }

  leave(member: Member): void {
    this.#members.delete(member);
    this.#live.delete(member);
    this.#slow.delete(member);
    if (this.#members.size > 0) return;
    this.#stopFollowing();
    this.#shared.onEmpty();
  }

  admit(member: Member): boolean {
    if (member.position < this.#position) return false;
    this.#live.add(member);
    return true;
  }

  release(member: Member): void {
    this.#live.delete(member);
  }

  hold(member: Member): void {
    this.#slow.add(member);
  }

  resume(member: Member): void {
    this.#slow.delete(member);
  }

  async read(after: bigint): Promise<LogBatch> {
    const { tail, events, actor } = this.#shared;
    const { filter, merging } = events;
    if (!merging) return tail.read(filter, actor, after);
    const { entries, position } = await tail.readNewest(filter, actor, after, merging.always);
    return { entries: merging.merge(entries), position };
  }

  render(entry: NumberedEntry): Promise<Rendered | undefined> {
    if (this.#newest) return this.#newest.render(entry);
    const { results } = this.tally;
    const place = `${this.#name} ${entry.sequence}`;
    const known = this.#underWay.get(entry.sequence) ?? results.get(place);
    if (known) return known;
    const rendering = this.#execute(entry);
    this.#underWay.set(entry.sequence, rendering);
    const end = (rendered?: Rendered) => {
      this.#underWay.delete(entry.sequence);
      if (rendered) results.set(place, rendering, { size: bytesOf(rendered) });
    };
    rendering.then(end, () => end());
    return rendering;
  }

  isEnd(entry: NumberedEntry): boolean {
    return this.#shared.events.isEnd(entry);
  }

  async #execute(entry: NumberedEntry): Promise<Rendered | undefined> {
    const picked = this.#shared.events.pick(entry);
    if (!picked) return undefined;
    const { event, isLast } = picked;
    this.tally.executed += 1;
    return this.#shared.execute(event, { position: entry.sequence, isLast });
  }

  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    void this.#goOn()
      .catch((error: unknown) => {
        for (const member of this.#members) member.end(error);
      })
      .finally(() => (this.#pumping = false));
  }

  async #goOn(): Promise<void> {
    while (this.#members.size > 0 && this.#shared.tail.position > this.#position) {
      const { entries, position } = await this.read(this.#position);
      for (const entry of entries) await this.#tell(entry);
      this.#position = position;
      const { merging } = this.#shared.events;
      if (merging && entries.length > 0) await delay(merging.everyMilliseconds, undefined, { ref: false });
    }
  }

  async #tell(entry: NumberedEntry): Promise<void> {
    if (this.#live.size > 0) {
      const rendered = await this.render(entry);
      if (rendered) for (const member of this.#live) member.push(rendered);
      if (this.isEnd(entry)) for (const member of this.#live) member.end();
    }
    // Before anybody else is admitted: who is let in now has not been given this one.
    this.#position = entry.sequence;
    const { events, maxMissed } = this.#shared;
    // Where they are merged nobody misses any: the newest is all there is to hear.
    if (!events.merging && this.#slow.size > 0 && events.pick(entry)) {
      for (const member of this.#slow) member.miss(maxMissed);
    }
  }
}
