/** Looking at a sheet before anything starts: what its rows ask for, what is wrong with them, what they will cost. */
import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { newId } from '../../../core/ids.ts';
import type { Job } from '../../../generated/prisma/client.ts';
import { turnOfLoop } from '../../../platform/aside/turn-of-loop.ts';
import type { Ctx } from '../../../platform/context.ts';
import { SheetRefused } from '../../../sheets/problem.ts';
import { readSheet, type SheetReading } from '../../../sheets/read-sheet.ts';
import type { SheetRow } from '../../../sheets/sheet.ts';
import { fileKeys } from '../../assets/file-keys.ts';
import { makeOnce, type Request } from '../../idempotency/make-once.ts';
import { jobStates } from '../job-states.ts';
import type { RowEstimate } from '../kinds/kind.ts';
import { rulesOf } from '../kinds/kinds.ts';
import { ExpectedTime } from './expected-time.ts';
import { digestOfFacts, factsOfJob } from './job-facts.ts';
import { checkRequest, type JobRequest, readDefaults } from './job-request.ts';
import { resolveMapping } from './mapping.ts';
import { readRow, type RowRead, type RowReading } from './read-row.ts';
import { findTwins, insertRows, knowRows, type Twin } from './rows.sql.ts';
import { refuseUnfitOptions, sheetRefusal } from './sheet-refusals.ts';

/** Rows that are written at once; between two of them others get their turn of the event loop. */
const CHUNK_ROWS = 100;
/** UTF-16 units of their cells: texts of 128 KB and more are large objects to V8, which come to be many before it collects them. */
const CHUNK_UNITS = 16_384;

/**
 * Reads the sheet of a job in a process of its own, and keeps the job with its rows, PENDING. Costs and starts nothing.
 *
 * Nobody sees the job before all of it is there; if its sheet turns out to be none, nothing of it is kept.
 *
 * @throws {InvalidInputError} naming `file` with the row and the column, or `rows` with its index, `mapping`, `defaults`, or any other field.
 */
export async function previewJob(ctx: Ctx, asked: JobRequest): Promise<Job> {
  checkRequest(asked);
  const request = { ...asked, defaults: readDefaults(asked.kind, asked.defaults) };
  const { actor, db, storage } = ctx;
  const { kind, source } = request;
  const id = newId();
  const sourceKey = (await fileKeys(db)).keyOf(actor.workspaceId, `job:${id}`, 'sheet');
  const name = request.name ?? source.fileName ?? 'Rows';
  await db.job.create({
    data: {
      id,
      workspaceId: actor.workspaceId,
      kind,
      name,
      originalCommand:
        request.originalCommand ?? `A film for each row of ${source.fileName ?? 'the rows given'}.`,
      defaults: request.defaults,
      sourceKey,
      concurrency: request.concurrency,
      maxRowCostCents: request.maxRowCostCents,
    },
  });
  try {
    return await storage.withTemporary('sheet', async (file) => {
      const sha256 = createHash('sha256');
      await pipeline(source.content.stream(), hashing(sha256), createWriteStream(file));
      await readInto(ctx, id, file, request);
      await storage.keep(file, sourceKey);
      const job = await show(ctx, id, askedOf(request, sha256.digest('hex')));
      if (job.id !== id) await forget(ctx, id, sourceKey);
      return job;
    });
  } catch (error) {
    await forget(ctx, id, sourceKey);
    throw error instanceof SheetRefused ? sheetRefusal(error, request) : error;
  }
}

async function readInto(ctx: Ctx, jobId: string, file: string, request: JobRequest): Promise<void> {
  const { kind, source, mapping: given, defaults, sheet, delimiter, encoding } = request;
  const rules = rulesOf(kind);
  await using reading = await readSheet(file, { sheet, delimiter, encoding });
  const { columns, ...head } = reading.head;
  refuseUnfitOptions(head.format, { sheet, delimiter, encoding });
  const { mapping, filled } = resolveMapping(rules, columns, given, (input) => input in defaults);
  const rows = new RowWriter(ctx, jobId, { rules, columns, filled, defaults }, request.concurrency);
  await rows.writeAll(reading);
  await knowRows(ctx.bulk, rows.count);
  await ctx.db.job.update({
    where: { id: jobId },
    data: {
      columns,
      mapping,
      source: { ...head, fileName: source.fileName, sizeBytes: source.content.size },
      expectedSeconds: rows.time.seconds,
    },
  });
}

/** Takes back a job that nobody has seen. */
async function forget({ db, storage }: Ctx, id: string, sourceKey: string): Promise<void> {
  await db.job.deleteMany({ where: { id, previewedAt: null } });
  await storage.remove(sourceKey);
}

/** Lets bytes pass, and takes them into account. */
const hashing = (hash: Hash) =>
  async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };

/** What was asked for, sheet and all. */
const askedOf = ({ source, idempotencyKey = null, ...request }: JobRequest, sha256: string): Request => ({
  asked: { previewJob: source.fileName, ...request, sha256 },
  key: idempotencyKey,
});

/**
 * Makes the job known, with all that a person agrees to by its digest; or finds the one that was made with the same key.
 */
const show = (ctx: Ctx, id: string, request: Request): Promise<Job> =>
  makeOnce(ctx, request, {
    make: async (tx) => {
      const read = await tx.job.findUniqueOrThrow({ where: { id } });
      const facts = await factsOfJob(tx, read);
      const data = { digest: digestOfFacts(facts), previewedAt: new Date() };
      const job = await tx.job.update({ where: { id }, data });
      const message = `Job "${job.name}" was previewed: ${job.totalRows} rows.`;
      await jobStates.record(tx, ctx.actor, job, null, { message });
      return job;
    },
    find: (tx, madeId) => tx.job.findUnique({ where: { id: madeId } }),
  });

/** Reads rows and writes them, a chunk at a time. */
class RowWriter {
  readonly #ctx: Ctx;
  readonly #jobId: string;
  readonly #by: RowReading;
  readonly #now = new Date();
  /** The first row of the sheet that asks for something, by what it asks for. */
  readonly #first = new Map<string, number>();
  readonly time: ExpectedTime;
  /** How many are written. */
  count = 0;

  constructor(ctx: Ctx, jobId: string, by: RowReading, concurrency: number) {
    this.#ctx = ctx;
    this.#jobId = jobId;
    this.#by = by;
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
    const { rules } = this.#by;
    await rules.foresee(input, this.#ctx.actor);
    return rules.estimate(input, this.#now);
  }

  #twinOf({ checksum, rowNumber }: RowRead, twins: ReadonlyMap<string, Twin>): Twin | null {
    const first = this.#first.get(checksum);
    if (first === undefined) this.#first.set(checksum, rowNumber);
    return twins.get(checksum) ?? (first === undefined ? null : { jobId: this.#jobId, rowNumber: first });
  }
}

const isGood = ({ problems }: RowRead): boolean => problems.length === 0;
