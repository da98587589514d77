/** Brings rows and files in line with each other again. */
import type { Ctx } from '../../platform/context.ts';
import type { ListedFile } from '../../platform/storage/listed-file.ts';
import { type NamedFile, readNamedFiles } from './all-files.ts';
import { noticeLost } from './lost-files.ts';
import { clearShelf } from './shelf-strays.ts';
import { removeStrays } from './stray-files.ts';

/** A step may need this long between its file and the row that names it. */
const HOUR_MILLISECONDS = 60 * 60_000;

export type ReconcileOptions = {
  /** What is younger is left alone; an hour unless given. */
  olderThanMilliseconds?: number;
  /** Ends it between two projects. */
  signal?: AbortSignal;
};

/** What was reconciled, in files. */
export type Reconciled = { removed: number; lost: number };

/**
 * Removes files that no row names, also from the shelf, and notices rows whose file is gone. Whatever has a live run or
 * is younger than `olderThanMilliseconds` is left alone.
 *
 * Many processes may do it at once: they look on their own, and reconcile one after another, looking again.
 *
 * @throws {Error} with nothing changed, if not one file that rows name is there: that is another storage, or a disk
 * that is not mounted.
 */
export async function reconcileFiles(
  ctx: Ctx,
  { olderThanMilliseconds = HOUR_MILLISECONDS, signal }: ReconcileOptions = {},
): Promise<Reconciled> {
  const before = new Date(Date.now() - olderThanMilliseconds);
  // Rows first: the file of each was there before it, so one that the listing lacks is gone.
  const rows = await readNamedFiles(ctx.db, null);
  const { strays, present } = await compare(ctx, rows, signal);
  const needed = rows.filter(({ isCurrent }) => isCurrent);
  if (needed.length > 0 && present.size === 0) throw new Error(wrongStorage(needed));

  const suspects = needed.filter(({ key, since }) => !present.has(key) && since < before);
  const old = strays.filter(({ modifiedAt }) => modifiedAt < before);
  const lost = await noticeLost(ctx, suspects, signal);
  const removed = await removeStrays(ctx, old, signal);
  return { lost, removed: removed + (await clearShelf(ctx, before)) };
}

async function compare({ storage }: Ctx, rows: NamedFile[], signal: AbortSignal | undefined) {
  const named = new Set(rows.map(({ key }) => key));
  const strays: ListedFile[] = [];
  const present = new Set<string>();
  for await (const file of storage.list('')) {
    signal?.throwIfAborted();
    if (named.has(file.key)) present.add(file.key);
    else strays.push(file);
  }
  return { strays, present };
}

const wrongStorage = (needed: NamedFile[]) =>
  `None of the ${needed.length} files that the database names is in the storage: ` +
  'is VIDPIPE_STORAGE_URL right, and its folder mounted? Nothing was changed.';
