/** Looking at a sheet before anything starts: what its rows ask for, what is wrong with them, what they will cost. */
import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { newId } from '../../../core/ids.ts';
import type { Job } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { SheetRefused } from '../../../sheets/problem.ts';
import { readSheet } from '../../../sheets/read-sheet.ts';
import { fileKeys } from '../../assets/file-keys.ts';
import { makeOnce, type Request } from '../../idempotency/make-once.ts';
import { jobStates } from '../job-states.ts';
import { rulesOf } from '../kinds/kinds.ts';
import { digestOfFacts, factsOfJob } from './job-facts.ts';
import { checkRequest, type JobRequest, readDefaults } from './job-request.ts';
import { resolveMapping } from './mapping.ts';
import { RowWriter } from './row-writer.ts';
import { knowRows } from './rows.sql.ts';
import { refuseUnfitOptions, sheetRefusal } from './sheet-refusals.ts';

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
