/** Reading the log from a cursor: what was missed, then what happens, as one mechanism. */
import { DomainError, InvalidInputError } from '../../../core/errors.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { LogFilter, LogViewer } from '../log/log-filter.ts';
import { lastNumber } from '../log/last-number.sql.ts';
import { type LogTail, type LogTailCtx, tailOf } from './log-tail.ts';
import type { NumberedEntry } from '../log/numbered-entry.ts';

/** What reading takes. */
type LogCtx = LogTailCtx & { actor: LogViewer };

/**
 * Follows the log: replays the entries after `after` in order, then yields new ones as they commit.
 *
 * No gap and no duplicate between the two, for there is only one way of reading: from the cursor on,
 * whenever something was committed. A slow reader falls behind in the log, not in memory.
 *
 * @param after as for {@link positionOf}.
 * @throws {DomainError} as {@link positionOf} does.
 */
export async function followLog(
  ctx: LogCtx,
  filter: LogFilter,
  after: string | null,
): Promise<AsyncIterableIterator<NumberedEntry>> {
  return readFrom(ctx, filter, await positionOf(ctx, after));
}

/** The same from a place that is known to be in the log. */
export const readFrom = (
  ctx: LogCtx,
  filter: LogFilter,
  position: bigint,
): AsyncIterableIterator<NumberedEntry> => new LogReader(ctx, filter, position);

/**
 * The place in the log that a cursor names, as `AuditLog.sequence` of the last entry seen.
 *
 * @param after that number in decimal; "0" is before all there is; null is now.
 * @throws {DomainError} `INVALID_INPUT` (path `after`) if it is no cursor; `CURSOR_EXPIRED` if the log no longer
 * reaches back to it, or never came as far, as after a restored backup: what happens next would have numbers that the
 * cursor's holder takes for seen (read the current state and follow with null).
 */
export async function positionOf({ db }: { db: Tx }, after: string | null): Promise<bigint> {
  if (after !== null && !/^\d{1,18}$/.test(after)) {
    throw new InvalidInputError([{ path: ['after'], message: 'Must be a cursor that an event carried.' }]);
  }
  if (after === '0') return 0n;
  const { _min, _max } = await db.auditLog.aggregate({ _min: { sequence: true }, _max: { sequence: true } });
  if (after === null) return _max.sequence ?? 0n;
  const cursor = BigInt(after);
  if (_min.sequence !== null && cursor < _min.sequence - 1n) {
    throw expired('The log no longer reaches back to this cursor.');
  }
  if (cursor > (_max.sequence ?? 0n) && cursor > (await lastNumber(db))) {
    throw expired('The log never came as far as this cursor; was it put back from a backup?');
  }
  return cursor;
}

const expired = (message: string) => new DomainError('CURSOR_EXPIRED', message, { path: ['after'] });

/**
 * An iterator with its own `return()`: an async generator would wait in its pending `await` when a
 * client leaves, and leak.
 */
class LogReader implements AsyncIterableIterator<NumberedEntry> {
  readonly #ctx: LogCtx;
  readonly #tail: LogTail;
  readonly #filter: LogFilter;
  readonly #leave: () => void;
  #position: bigint;
  #buffer: NumberedEntry[] = [];
  #ended = false;
  #wake: (() => void) | null = null;

  constructor(ctx: LogCtx, filter: LogFilter, position: bigint) {
    this.#ctx = ctx;
    this.#tail = tailOf(ctx);
    this.#filter = filter;
    this.#position = position;
    this.#leave = this.#tail.follow(() => this.#wake?.());
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<NumberedEntry>> {
    while (!this.#ended) {
      const entry = this.#buffer.shift();
      if (entry) return { value: entry, done: false };
      const { entries, position } = await this.#tail.read(this.#filter, this.#ctx.actor, this.#position);
      this.#buffer = this.#ended ? [] : entries;
      this.#position = position;
      if (entries.length === 0) await this.#advance();
    }
    return { value: undefined, done: true };
  }

  async return(): Promise<IteratorResult<NumberedEntry>> {
    this.#ended = true;
    this.#buffer = [];
    this.#leave();
    this.#wake?.();
    return { value: undefined, done: true };
  }

  /** Waits for more, unless there is more already. */
  async #advance(): Promise<void> {
    if (this.#ended || this.#tail.position > this.#position) return;
    await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}
