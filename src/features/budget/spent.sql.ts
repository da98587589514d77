import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { PaidCall } from '../../providers/paid-call.ts';
import { countsFor } from './ledger.sql.ts';
import type { SpentByCall } from './estimate.ts';

/** What the calls of each kind have cost that count for a scope; kinds of which none was paid are left out. One pass over them. */
export async function readSpent(db: Pick<PrismaClient, '$queryRaw'>, scope: string): Promise<SpentByCall> {
  const rows = await db.$queryRaw<{ call: PaidCall; settled: bigint; reserved: bigint; open: number }[]>`
    SELECT r.call,
      coalesce(sum(c.amount_micro_usd) FILTER (WHERE c.kind = 'SETTLE'), 0)::bigint AS settled,
      coalesce(sum(r.amount_micro_usd) FILTER (WHERE c.id IS NULL), 0)::bigint AS reserved,
      (count(*) FILTER (WHERE c.id IS NULL AND u.id IS NULL))::int AS open
    FROM ledger_entries r
    LEFT JOIN ledger_entries c ON c.operation_key = r.operation_key AND c.kind IN ('SETTLE', 'RELEASE')
    LEFT JOIN ledger_entries u ON u.operation_key = r.operation_key AND u.kind = 'UNKNOWN'
    WHERE ${countsFor(scope)} AND r.kind = 'RESERVE'
    GROUP BY r.call`;
  return Object.fromEntries(
    rows.map(({ call, settled, reserved, open }) => [
      call,
      { settledMicroUsd: Number(settled), reservedMicroUsd: Number(reserved), onTheirWay: open },
    ]),
  );
}
