import type { NumberedEntry } from '../log/numbered-entry.ts';

/** Reads that are on their way. */
const reads = new Map<string, Promise<unknown>>();

/**
 * Reads what an event shows: once for all operations that show the same of it at the same moment. Prisma would send
 * them one after the other, on one connection.
 *
 * For one entry only: a read that began before the entry was there may have missed its change.
 *
 * @param args what `read` is called with, visibility included: who is shown the same gives the same.
 */
export function readOnce<Args, Result>(
  { id }: Pick<NumberedEntry, 'id'>,
  args: Args,
  read: (args: Args) => PromiseLike<Result>,
): Promise<Result> {
  const key = id + JSON.stringify(args);
  const known = reads.get(key);
  if (known) return known as Promise<Result>;
  const reading = Promise.resolve(read(args)).finally(() => reads.delete(key));
  reads.set(key, reading);
  return reading;
}
