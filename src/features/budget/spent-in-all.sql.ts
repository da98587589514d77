import type { PrismaClient } from '../../generated/prisma/client.ts';

/** In micro-USD. */
export type SpentInAll = { settled: number; reserved: number; unknown: number };

/** What all workspaces of the installation have spent, have set aside, and do not know about: their running sums, added. */
export async function readSpentInAll(db: Pick<PrismaClient, '$queryRaw'>): Promise<SpentInAll> {
  const [row] = await db.$queryRaw<[SpentInAll]>`
    SELECT coalesce(sum(b.settled_micro_usd), 0)::float8 AS settled,
      coalesce(sum(b.reserved_micro_usd), 0)::float8 AS reserved,
      coalesce(sum(b.unknown_micro_usd), 0)::float8 AS unknown
    FROM workspaces w JOIN ledger_balances b ON b.scope = 'workspace:' || w.id`;
  return row;
}
