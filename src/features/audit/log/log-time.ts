/** Where in the log a time is: it is in the order of commits, which entries of a moment follow by and large. */
import { firstIdOf } from '../../../core/ids.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';

/** From `from` on, and before `to`; without one, that end is open. */
export type Span = { from?: Date | null | undefined; to?: Date | null | undefined };

/** Longer than any transaction lasts (half a minute) and than clocks of machines may differ: nothing is out of order by more. */
const MARGIN_MS = 3_600_000;

/**
 * What entries of a span meet: its times, and the part of the log that holds them all, found by their ids, which begin with
 * their time. Without that part a page would be sought from the log's beginning.
 */
export async function whereBetween(
  { auditLog }: Pick<Tx, 'auditLog'>,
  { from, to }: Span,
): Promise<Prisma.AuditLogWhereInput> {
  const [before, behind] = await Promise.all([
    from && sequenceOf(auditLog, { id: { lt: idAt(from, -MARGIN_MS) } }, 'desc'),
    to && sequenceOf(auditLog, { id: { gte: idAt(to, MARGIN_MS) } }, 'asc'),
  ]);
  return {
    time: { ...(from && { gte: from }), ...(to && { lt: to }) },
    sequence: { ...(before && { gt: before }), ...(behind && { lt: behind }) },
  };
}

const idAt = (time: Date, milliseconds: number): string => firstIdOf(new Date(time.getTime() + milliseconds));

/** Number of the first entry that meets `where` in the order of ids. */
async function sequenceOf(
  auditLog: Tx['auditLog'],
  where: Prisma.AuditLogWhereInput,
  order: Prisma.SortOrder,
): Promise<bigint | null | undefined> {
  const found = await auditLog.findFirst({
    where: { ...where, sequence: { not: null } },
    orderBy: { id: order },
    select: { sequence: true },
  });
  return found?.sequence;
}
