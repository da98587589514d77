import type { Tx } from '../../../platform/database/database.ts';

/**
 * Deletes the log's entries below a number, within `tx`, which may delete entries from then on: the database refuses it to
 * everybody else (migration `keep_the_log`). For retention alone.
 *
 * @returns how many were deleted.
 */
export async function deleteBelow(tx: Tx, sequence: bigint): Promise<number> {
  await tx.$executeRaw`SET LOCAL vidpipe.retention = 'on'`;
  const { count } = await tx.auditLog.deleteMany({ where: { sequence: { lt: sequence } } });
  return count;
}
