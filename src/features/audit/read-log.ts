/** Reading the log from a cursor: what was missed, then what happens, as one mechanism. */
import { DomainError, InvalidInputError } from '../../core/errors.ts';
import type { AuditLog, Prisma } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { AuditSignal } from '../../platform/events.ts';
import { visibleEntries } from './audit.ts';

/** Entries read from the database at once; a slow reader holds no more than these in memory. */
const BATCH = 100;

/** Which entries to read; what is left out does not narrow. */
export type LogFilter = Pick<Prisma.AuditLogWhereInput, 'eventType'> & {
  projectId?: string;
  runId?: string;
  subjectType?: string;
};

/** An entry that has its number. */
export type NumberedEntry = AuditLog & { sequence: bigint };

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
  ctx: Ctx,
  filter: LogFilter,
  after: string | null,
): Promise<AsyncIterableIterator<NumberedEntry>> {
  return new LogReader(ctx, filter, await positionOf(ctx, after));
}

/**
 * The place in the log that a cursor names, as `AuditLog.sequence` of the last entry seen.
 *
 * @param after that number in decimal; "0" is before all there is; null is now.
 * @throws {DomainError} `INVALID_INPUT` (path `after`) if it is no cursor; `CURSOR_EXPIRED` if the log no longer
 * reaches back to it (read the current state and follow with null).
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
    throw new DomainError('CURSOR_EXPIRED', 'The log no longer reaches back to this cursor.', {
      path: ['after'],
    });
  }
  return cursor;
}

/**
 * An iterator with its own `return()`: an async generator would wait in its pending `await` when a
 * client leaves, and leak.
 */
class LogReader implements AsyncIterableIterator<NumberedEntry> {
  readonly #ctx: Ctx;
  readonly #filter: LogFilter;
  readonly #stopListening: () => void;
  #cursor: bigint;
  #buffer: NumberedEntry[] = [];
  #dirty = true;
  #ended = false;
  #wake: (() => void) | null = null;

  constructor(ctx: Ctx, filter: LogFilter, cursor: bigint) {
    this.#ctx = ctx;
    this.#filter = filter;
    this.#cursor = cursor;
    this.#stopListening = ctx.events.listen((signal) => {
      if (signal === null || this.#concerns(signal)) this.#markDirty();
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<NumberedEntry>> {
    while (!this.#ended) {
      const entry = this.#buffer.shift();
      if (entry) return { value: entry, done: false };
      if (this.#dirty) await this.#read();
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return { value: undefined, done: true };
  }

  async return(): Promise<IteratorResult<NumberedEntry>> {
    this.#ended = true;
    this.#buffer = [];
    this.#stopListening();
    this.#wake?.();
    return { value: undefined, done: true };
  }

  #concerns(signal: AuditSignal): boolean {
    const { projectId, runId, subjectType } = this.#filter;
    return (
      signal.workspaceId === this.#ctx.actor.workspaceId &&
      (projectId === undefined || signal.projectId === projectId) &&
      (runId === undefined || signal.runId === runId) &&
      (subjectType === undefined || signal.subjectType === subjectType)
    );
  }

  #markDirty(): void {
    this.#dirty = true;
    this.#wake?.();
    this.#wake = null;
  }

  async #read(): Promise<void> {
    // Before the query: what commits while it runs must lead to another one.
    this.#dirty = false;
    const { db, actor } = this.#ctx;
    const rows = await db.auditLog.findMany({
      where: { ...this.#filter, ...visibleEntries(actor), sequence: { gt: this.#cursor } },
      orderBy: { sequence: 'asc' },
      take: BATCH,
    });
    const numbered = rows.filter((row): row is NumberedEntry => row.sequence !== null);
    this.#cursor = numbered.at(-1)?.sequence ?? this.#cursor;
    this.#dirty ||= rows.length === BATCH;
    this.#buffer.push(...numbered);
  }
}
