import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { PaidCall } from '../../providers/provider.ts';
import type { Spent } from './estimate.ts';

/** What a project's calls of each kind have cost; kinds it made no paid call of are left out. One pass over its ledger. */
export async function readSpent(
  db: Pick<PrismaClient, '$queryRaw'>,
  projectId: string,
): Promise<Partial<Record<PaidCall, Spent>>> {
  const rows = await db.$queryRaw<{ call: PaidCall; settled: bigint; reserved: bigint }[]>`
    SELECT r.call,
      coalesce(sum(c.amount_micro_usd) FILTER (WHERE c.kind = 'SETTLE'), 0)::bigint AS settled,
      coalesce(sum(r.amount_micro_usd) FILTER (WHERE c.id IS NULL), 0)::bigint AS reserved
    FROM ledger_entries r
    LEFT JOIN ledger_entries c ON c.operation_key = r.operation_key AND c.kind IN ('SETTLE', 'RELEASE')
    WHERE r.project_id = ${projectId}::uuid AND r.kind = 'RESERVE'
    GROUP BY r.call`;
  return Object.fromEntries(
    rows.map(({ call, settled, reserved }) => [
      call,
      { settledMicroUsd: Number(settled), reservedMicroUsd: Number(reserved) },
    ]),
  );
}
