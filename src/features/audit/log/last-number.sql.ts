import type { Tx } from '../../../platform/database/database.ts';

/**
 * The last number that an entry of the log was ever given; 0 before the first. Not the highest that is left: entries may
 * be gone. What is above it is of another log, or of one that was put back to an earlier state since.
 */
export async function lastNumber(db: Pick<Tx, '$queryRaw'>): Promise<bigint> {
  const [row] = await db.$queryRaw<{ number: bigint }[]>`
    SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS number FROM audit_logs_sequence_seq`;
  return row?.number ?? 0n;
}
