import { turnOfLoop } from '../../../platform/aside/turn-of-loop.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { SheetReading } from '../../../sheets/read-sheet.ts';
import type { SheetRow } from '../../../sheets/sheet.ts';
import type { KindRules, RowEstimate } from '../kinds/kind.ts';
import { ExpectedTime } from './expected-time.ts';
import { readRow, type RowRead, type RowReading } from './read-row.ts';
import { findTwins, insertRows, type Twin } from './rows.sql.ts';

/** Rows that are written at once; between two of them others get their turn of the event loop. */
const CHUNK_ROWS = 100;
/** UTF-16 units of their cells: texts of 128 KB and more are large objects to V8, which come to be many before it collects them. */
const CHUNK_UNITS = 16_384;

/** Reads rows and writes them, a chunk at a time. */
export class RowWriter {
  readonly #ctx: Ctx;
  readonly #jobId: string;
  readonly #by: RowReading;
  readonly #estimateOf: ReturnType<KindRules['estimatesAt']>;
  /** The first row of the sheet that asks for something, by {@link keyOf} what it asks for. */
  readonly #first = new Map<string, number>();
  readonly time: ExpectedTime;
  /** How many are written. */
  count = 0;

  constructor(ctx: Ctx, jobId: string, by: RowReading, concurrency: number) {
    this.#ctx = ctx;
    this.#jobId = jobId;
    this.#by = by;
    this.#estimateOf = by.rules.estimatesAt(new Date());
    this.time = new ExpectedTime(concurrency);
  }

  async writeAll({ rows }: SheetReading): Promise<void> {
    let chunk: SheetRow[] = [];
    let units = 0;
    for await (const row of rows) {
      chunk.push(row);
      units += row.cells.reduce((all, cell) => all + cell.length, 0);
      if (chunk.length < CHUNK_ROWS && units < CHUNK_UNITS) continue;
      await this.#write(chunk);
      [chunk, units] = [[], 0];
    }
    if (chunk.length > 0) await this.#write(chunk);
  }

  async #write(chunk: readonly SheetRow[]): Promise<void> {
    await turnOfLoop();
    const read = chunk.map((row) => readRow(this.#by, row));
    const checksums = read.filter(isGood).map(({ checksum }) => checksum);
    const twins = await findTwins(this.#ctx.bulk, this.#ctx.actor, checksums, this.#jobId);
    const written = [];
    for (const row of read) {
      const estimate = isGood(row) ? await this.#estimate(row) : null;
      const duplicateOf = isGood(row) ? this.#twinOf(row, twins) : null;
      if (estimate && !duplicateOf) this.time.add(estimate);
      written.push({ ...row, duplicateOf, microUsd: estimate?.microUsd ?? { low: 0, likely: 0, high: 0 } });
    }
    await insertRows(this.#ctx.bulk, this.#jobId, written);
    this.count += written.length;
  }

  async #estimate({ input }: RowRead): Promise<RowEstimate> {
    await this.#by.rules.foresee(input, this.#ctx.actor);
    return this.#estimateOf(input);
  }

  #twinOf({ checksum, rowNumber }: RowRead, twins: ReadonlyMap<string, Twin>): Twin | null {
    const key = keyOf(checksum);
    const first = this.#first.get(key);
    if (first === undefined) this.#first.set(key, rowNumber);
    return twins.get(checksum) ?? (first === undefined ? null : { jobId: this.#jobId, rowNumber: first });
  }
}

/** Half of a checksum, its bytes as characters: enough that no two are alike by chance, in 5 MB less for 100,000 rows. */
const keyOf = (checksum: string): string =>
  Buffer.from(checksum.slice(0, checksum.length / 2), 'hex').toString('latin1');

const isGood = ({ problems }: RowRead): boolean => problems.length === 0;
