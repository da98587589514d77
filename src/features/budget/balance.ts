/** Running sums over the ledger; a trigger keeps them (migration `ledger_balances`). */
import type { PrismaClient } from '../../generated/prisma/client.ts';
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

/** Names of the balances, as the trigger writes them. */
export const runScope = (id: string) => `run:${id}`;
export const projectScope = (id: string) => `project:${id}`;
export const workspaceScope = (id: string) => `workspace:${id}`;
/** A day (UTC) of a workspace. */
export const dayScope = (workspaceId: string, now: Date) =>
  `day:${workspaceId}:${now.toISOString().slice(0, 10)}`;

/** Reads a balance; nothing was spent where there is none. Several at once become one statement. */
export async function readCost(
  db: Pick<PrismaClient, 'ledgerBalance'>,
  scope: string,
  maxCostCents: number | null,
): Promise<Cost> {
  const balance = await db.ledgerBalance.findUnique({ where: { scope } });
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
