/**
 * The end of the log in memory: each entry is read once a process, however many follow it, or come back to it at once
 * after a process has died.
 */
import type { Ctx } from '../../../platform/context.ts';
import type { Events } from '../../../platform/events.ts';
import type { Beat, Pulse } from '../../../platform/pulse.ts';
import { type LogFilter, type LogViewer, meets, whereEntries } from '../log/log-filter.ts';
import { isNumbered, type NumberedEntry } from '../log/numbered-entry.ts';
import { MOST_ENTRIES, RecentEntries } from '../log/recent-entries.ts';
import { untilDone } from './until-done.ts';

/** New entries read at once. */
const TAIL_BATCH = 500;
/** Entries that a reader is given at once; one far behind holds no more than these in memory. */
const REPLAY_BATCH = 100;

/** What follows a place in the log. */
export type LogBatch = {
  /** In order. */
  entries: NumberedEntry[];
  /** All that is wanted up to here is in `entries`. */
  position: bigint;
};

/** What reading the log takes. */
export type LogTailCtx = Pick<Ctx, 'db' | 'events' | 'pulse'>;

const tails = new WeakMap<Events, LogTail>();

/** The tail that everybody in this process shares. */
export function tailOf({ db, events, pulse }: LogTailCtx): LogTail {
  const tail = tails.get(events) ?? new LogTail(db, events, pulse);
  tails.set(events, tail);
  return tail;
}

export class LogTail {
  readonly #db: Ctx['db'];
  readonly #beat: Beat;
  /** Resolves once `position` is known. */
  readonly ready: Promise<void>;
  readonly #followers = new Set<() => void>();
  /** Up to `#position`. */
  readonly #recent = new RecentEntries();
  #position = 0n;
  #dirty = false;
  #reading = true;

  constructor(db: Ctx['db'], events: Events, pulse: Pulse) {
    this.#db = db;
    this.#beat = pulse.begin('log');
    events.listen(() => this.#readOn());
    this.ready = this.#begin();
  }

  /** Newest entry known here, by its `sequence`. */
  get position(): bigint {
    return this.#position;
  }

  /** How many follow. */
  get followers(): number {
    return this.#followers.size;
  }

  /** Calls `follower` whenever `position` has grown. Returns a function that ends it. */
  follow(follower: () => void): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  /** What `viewer` may see of the entries after `after` that meet `filter`; not all of it, if there is much. */
  async read(filter: LogFilter, viewer: LogViewer, after: bigint): Promise<LogBatch> {
    await this.ready;
    // Before the query: of what commits while it runs, it may see any part.
    const known = this.#position;
    if (after >= this.#recent.start) {
      const all = this.#recent.after(after).filter((entry) => meets(entry, filter, viewer));
      return batchOf(all, after, known);
    }
    const entries = await this.#readRows({ ...whereEntries(filter, viewer) }, after, REPLAY_BATCH);
    return batchOf(entries, after, known);
  }

  /**
   * The newest of what {@link read} would come to after `after`, some hundred at most, wherever they are.
   *
   * @param always the newest entry that meets this is among them, however many followed it.
   */
  async readNewest(
    filter: LogFilter,
    viewer: LogViewer,
    after: bigint,
    always?: LogFilter,
  ): Promise<LogBatch> {
    await this.ready;
    const known = this.#position;
    const newest = await this.#newestOf(filter, viewer, after, REPLAY_BATCH);
    const isThere = newest.some((entry) => !always || meets(entry, always, viewer));
    // After the others: all that was numbered before the last of them has committed by now.
    const more =
      always && !isThere && newest.length === REPLAY_BATCH
        ? await this.#newestOf(always, viewer, after, 1)
        : [];
    const entries = [...newest, ...more].toSorted((a, b) => (a.sequence < b.sequence ? -1 : 1));
    return { entries, position: latest(entries.at(-1)?.sequence ?? after, known) };
  }

  async #newestOf(filter: LogFilter, viewer: LogViewer, after: bigint, count: number) {
    return after >= this.#recent.start
      ? this.#recent
          .after(after)
          .filter((entry) => meets(entry, filter, viewer))
          .slice(-count)
      : this.#readRows({ ...whereEntries(filter, viewer) }, after, count, 'desc');
  }

  async #begin(): Promise<void> {
    const newest = await untilDone(this.#beat, () => this.#newest());
    this.#position = newest.at(-1)?.sequence ?? 0n;
    this.#recent.reset(newest);
    this.#reading = false;
    if (this.#dirty) this.#readOn();
  }

  /** The newest entries there are, in order. */
  async #newest(): Promise<NumberedEntry[]> {
    const rows = await this.#db.auditLog.findMany({
      where: { sequence: { not: null } },
      orderBy: { sequence: 'desc' },
      take: MOST_ENTRIES,
    });
    return rows.filter(isNumbered).toReversed();
  }

  #readOn(): void {
    this.#dirty = true;
    if (!this.#reading) void this.#readAll();
  }

  async #readAll(): Promise<void> {
    this.#reading = true;
    while (this.#dirty) {
      this.#dirty = false;
      const rows = await untilDone(this.#beat, () => this.#readRows({}, this.#position, TAIL_BATCH));
      this.#dirty ||= rows.length === TAIL_BATCH;
      this.#keep(rows);
    }
    this.#reading = false;
  }

  #keep(rows: NumberedEntry[]): void {
    const newest = rows.at(-1);
    if (!newest) return;
    this.#recent.push(rows);
    this.#position = newest.sequence;
    for (const follower of this.#followers) follower();
  }

  /** In order: the first of them, or the last. */
  async #readRows(
    where: ReturnType<typeof whereEntries> | object,
    after: bigint,
    take: number,
    sequence: 'asc' | 'desc' = 'asc',
  ) {
    const rows = await this.#db.auditLog.findMany({
      where: { ...where, sequence: { gt: after } },
      orderBy: { sequence },
      take,
    });
    const entries = rows.filter(isNumbered);
    return sequence === 'asc' ? entries : entries.toReversed();
  }
}

/** The beginning of what follows `after`, of which all up to `known` is there. */
function batchOf(following: NumberedEntry[], after: bigint, known: bigint): LogBatch {
  const entries = following.slice(0, REPLAY_BATCH);
  const last = entries.at(-1)?.sequence ?? after;
  return { entries, position: entries.length === REPLAY_BATCH ? last : latest(last, known) };
}

const latest = (a: bigint, b: bigint): bigint => (a > b ? a : b);
