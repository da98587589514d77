/** Which revision of a frame or clip counts: the one that was not superseded. The database lets there be one at most. */
import { Prisma } from '../../generated/prisma/client.ts';

/** The same for Prisma, in a `where`; each kind of row has its own name for it. */
export const CURRENT = { supersededAt: null } as const;

/** For SQL: whether a row of the table that a statement calls by `alias` is current. */
export const isCurrent = (alias: string): Prisma.Sql => Prisma.raw(`${alias}.superseded_at IS NULL`);

/** Whether a row that was read is current. */
export const isCurrentRow = ({ supersededAt }: { supersededAt: Date | null }): boolean =>
  supersededAt === null;
