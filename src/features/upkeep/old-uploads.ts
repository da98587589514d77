/** Uploads that were brought in, or that nobody goes on with. */
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { placeOfUploads } from '../ingests/upload/place-of-uploads.ts';
import { UPLOAD_KEPT_HOURS } from '../ingests/upload/upload.ts';
import { LIVE_STATUSES } from '../runs/run-state.ts';

type Doing = Pick<Ctx, 'db' | 'storage'>;

/** An upload is a row before anything lies anywhere: what has none is nobody's. */
export async function clearUploads(ctx: Doing, now = new Date()): Promise<number> {
  let removed = await placeOfUploads(ctx).clearStrays();
  const all = await ctx.db.upload.findMany({ select: { id: true } });
  const over = await overAmong(
    ctx,
    all.map(({ id }) => id),
    now,
  );
  // What is away is not empty.
  if (over.length > 0) await ctx.storage.check();
  for (const id of over) if (await end(ctx, id, now)) removed += 1;
  return removed;
}

const keptSince = (now: Date) => new Date(now.getTime() - UPLOAD_KEPT_HOURS * 3_600_000);

/** Of `ids`, those whose film is in the library, and those that nothing was heard of; never what a live run brings in. */
async function overAmong(
  { db }: { db: Pick<Tx, 'upload' | 'ingest'> },
  ids: string[],
  now: Date,
): Promise<string[]> {
  const uploads = await db.upload.findMany({
    where: { id: { in: ids } },
    select: { id: true, touchedAt: true },
  });
  const live = { status: { in: [...LIVE_STATUSES] } };
  const uses = await db.ingest.findMany({
    where: { uploadId: { in: ids } },
    select: { uploadId: true, videoId: true, runs: { where: live, select: { id: true }, take: 1 } },
  });
  const isOver = ({ id, touchedAt }: { id: string; touchedAt: Date }) => {
    const own = uses.filter(({ uploadId }) => uploadId === id);
    if (own.some(({ runs }) => runs.length > 0)) return false;
    return touchedAt < keptSince(now) || own.some(({ videoId }) => videoId !== null);
  };
  return uploads.filter(isOver).map(({ id }) => id);
}

/** Looks again with the row held: somebody may have gone on with it, or have brought it in. */
async function end(ctx: Doing, id: string, now: Date): Promise<boolean> {
  const leftover = await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.upload.updateMany({ where: { id }, data: { id } });
    if (count === 0 || (await overAmong({ db: tx }, [id], now)).length === 0) return null;
    return placeOfUploads(ctx).end(tx, id);
  });
  // Those of a process that dies here are strays.
  if (leftover) await ctx.storage.remove(...leftover);
  return leftover !== null;
}
