/** The newest entries of the log in memory, as many as fit. */
import type { NumberedEntry } from './numbered-entry.ts';

/** Most entries that are kept; ours: a minute of a busy server. */
export const MOST_ENTRIES = 2_000;
/** Ours, of text in `message` and `details`; in memory, parsed, an entry takes a few times as much. */
const MOST_CHARACTERS = 8_000_000;

/** What keeping an entry takes. */
type Kept = Pick<NumberedEntry, 'sequence' | 'message' | 'details'>;

/** Without gaps: each entry that follows `start`. Whoever is further behind reads the database. */
export class RecentEntries<Entry extends Kept = NumberedEntry> {
  #entries: { entry: Entry; characters: number }[] = [];
  #characters = 0;
  #start = 0n;

  /** The place in the log after which nothing is missing here. */
  get start(): bigint {
    return this.#start;
  }

  /** Begins anew with `entries`, which are in order, and before which there may be others. */
  reset(entries: readonly Entry[]): void {
    const [oldest] = entries;
    this.#entries = [];
    this.#characters = 0;
    this.#start = oldest ? oldest.sequence - 1n : 0n;
    this.push(entries);
  }

  /** Adds what follows, in order, and forgets the oldest entries that no longer fit. */
  push(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const characters = entry.message.length + JSON.stringify(entry.details).length;
      this.#entries.push({ entry, characters });
      this.#characters += characters;
    }
    this.#forget();
  }

  /** Those after `after`, in order; all of them only where `after` is not before `start`. */
  after(after: bigint): Entry[] {
    const index = this.#entries.findLastIndex(({ entry }) => entry.sequence <= after);
    return this.#entries.slice(index + 1).map(({ entry }) => entry);
  }

  #forget(): void {
    let count = 0;
    while (this.#entries.length - count > MOST_ENTRIES || this.#characters > MOST_CHARACTERS) {
      const oldest = this.#entries[count];
      if (!oldest) break;
      this.#characters -= oldest.characters;
      this.#start = oldest.entry.sequence;
      count += 1;
    }
    this.#entries.splice(0, count);
  }
}
