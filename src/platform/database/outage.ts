/** Telling a database that is away from one that refuses, and doing things in spite of it. */
import { setTimeout as delay } from 'node:timers/promises';

/** Between two tries; ours. */
const AGAIN_MILLISECONDS = 2_000;
/** Longest that something is kept in memory to be written; ours: what lasts longer, people know of. */
const PATIENCE_MILLISECONDS = 5 * 60_000;

/** Codes of Prisma (its error reference), of Node, and PostgreSQL's classes that speak of the connection (appendix A). */
const CODE =
  /^(P10(01|02|08|17)|P20(24|28)|E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_AGAIN)\w*|(08|53|57P)\w+|25P03)$/;
/** Prisma's adapter has words of its own. */
const KIND = /^(SocketTimeout|ConnectionClosed|DatabaseNotReachable|TooManyConnections)$/;
/** `pg` gives these no code. */
const MESSAGE = /timeout expired|timeout exceeded when trying|Connection terminated|not queryable/;

type Shape = { code?: unknown; kind?: unknown; originalCode?: unknown; cause?: unknown; message?: unknown };

/** Whether an error says that the database could not be asked, or did not answer: what was asked may have been done. */
export function isOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, kind, originalCode, message, cause } = error as Shape;
  const { meta } = error as { meta?: { driverAdapterError?: unknown } };
  return (
    [code, originalCode].some((text) => CODE.test(String(text))) ||
    KIND.test(String(kind)) ||
    MESSAGE.test(String(message)) ||
    isOutage(cause) ||
    isOutage(meta?.driverAdapterError)
  );
}

/**
 * Does something again while the database is away, for five minutes at the most. The answer to a COMMIT may be what was
 * lost, so doing it twice must come to doing it once.
 */
export async function throughOutages<Result>(work: () => Promise<Result>): Promise<Result> {
  const end = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isOutage(error) || performance.now() > end) throw error;
      await delay(AGAIN_MILLISECONDS, undefined, { ref: false });
    }
  }
}
