import type { Prisma } from '../../src/generated/prisma/client.ts';
import type { Platform } from '../../src/platform/platform.ts';

/** Removes entries of the log wherever they stand in it, which nothing of the product does. */
export const removeEntries = (
  { db }: Pick<Platform, 'db'>,
  where: Prisma.AuditLogWhereInput,
): Promise<unknown> =>
  db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL vidpipe.retention = 'on'`;
    await tx.auditLog.deleteMany({ where });
  });
