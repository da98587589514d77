import type { Tx } from '../../platform/database/database.ts';

/**
 * Takes the turn to reconcile until `tx` ends; false while another process has it.
 *
 * An advisory lock, for there is no row to hold. It belongs to the transaction and not to the session: sessions are
 * shared, and the embedded database has one only.
 */
export async function takeReconcileTurn(tx: Tx): Promise<boolean> {
  const [row] = await tx.$queryRaw<[{ taken: boolean }]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('mend files', 0)) AS taken`;
  return row.taken;
}
