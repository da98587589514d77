/** Running sums over the ledger; a trigger keeps them (migration `ledger_by_scopes`). */
import { scopeOf } from '../../core/scopes.ts';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import { readCap } from './cap.ts';
import { MICRO_USD_PER_CENT } from './money.ts';

/** What was spent on something, in micro-USD, and the most that may be. */
export type Cost = {
  settledMicroUsd: number;
  /** Of that, what is booked by an estimate. */
  estimatedMicroUsd: number;
  reservedMicroUsd: number;
  unknownMicroUsd: number;
  /** Null without a cap of its own. */
  maxCostCents: number | null;
};

/** Everything in a workspace. */
export const workspaceScope = (id: string) => scopeOf('Workspace', id);
/** Each day (UTC) of a workspace: its cap is of this name, the balance of a day of {@link dayScope}'s. */
export const daysScope = (workspaceId: string) => `day:${workspaceId}`;
/** One day (UTC) of a workspace. */
export const dayScope = (workspaceId: string, now: Date) =>
  `${daysScope(workspaceId)}:${now.toISOString().slice(0, 10)}`;

/**
 * All that a call counts for, narrowest first: of two caps without room for it the first is named.
 *
 * @param own narrower than a day, as {@link scopeOf} names them: what is bought for, the run, what that works on.
 */
export const rankedScopes = (own: readonly string[], workspaceId: string): string[] => [
  ...own,
  daysScope(workspaceId),
  workspaceScope(workspaceId),
];

/**
 * Reads a balance and its cap; nothing was spent where there is none. Several at once become one statement each.
 *
 * @param capped what its cap is of, where that is something else.
 */
export async function readCost(
  db: Pick<PrismaClient, 'ledgerBalance' | 'costCap'>,
  scope: string,
  capped = scope,
): Promise<Cost> {
  const balance = await db.ledgerBalance.findUnique({ where: { scope } });
  const maxCostCents = await readCap(db, capped);
  return {
    settledMicroUsd: Number(balance?.settledMicroUsd ?? 0n),
    estimatedMicroUsd: Number(balance?.estimatedMicroUsd ?? 0n),
    reservedMicroUsd: Number(balance?.reservedMicroUsd ?? 0n),
    unknownMicroUsd: Number(balance?.unknownMicroUsd ?? 0n),
    maxCostCents,
  };
}

/** All that counts against a cap. */
export const totalOf = ({ settledMicroUsd, reservedMicroUsd, unknownMicroUsd }: Cost): number =>
  settledMicroUsd + reservedMicroUsd + unknownMicroUsd;

/** What a cap leaves; null without one. Below 0 where the cap was lowered since. */
export const remainingOf = (cost: Cost): number | null =>
  cost.maxCostCents === null ? null : cost.maxCostCents * MICRO_USD_PER_CENT - totalOf(cost);
