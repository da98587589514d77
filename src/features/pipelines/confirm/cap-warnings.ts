import type { Actor } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import {
  type Cost,
  dayScope,
  daysScope,
  readCost,
  remainingOf,
  workspaceScope,
} from '../../budget/balance.ts';
import type { CostEstimate } from '../../budget/estimate.ts';
import { inDollars } from '../../budget/money.ts';
import type { EstimateWarning } from './estimate-warnings.ts';

/**
 * Warns of each cap at which the work would likely stop; reads nothing where the work is free.
 *
 * @param ownCapCents of the project, or of the run that is asked about; null without one.
 */
export async function capWarnings(
  db: Pick<Tx, 'costCap' | 'ledgerBalance'>,
  { workspaceId }: Actor,
  cost: CostEstimate,
  ownCapCents: number | null,
): Promise<EstimateWarning[]> {
  const needed = cost.remainingMicroUsd.likely;
  if (needed === 0) return [];
  const { settledMicroUsd, reservedMicroUsd } = cost;
  const own: Cost = {
    settledMicroUsd,
    estimatedMicroUsd: 0,
    reservedMicroUsd,
    unknownMicroUsd: 0,
    maxCostCents: ownCapCents,
  };
  const all = await readCost(db, workspaceScope(workspaceId));
  const today = await readCost(db, dayScope(workspaceId, new Date()), daysScope(workspaceId));
  const caps: [name: string, cost: Cost][] = [
    ['of its own', own],
    ['of the workspace', all],
    ['of the day (UTC)', today],
  ];
  return caps.flatMap(([name, spent]) => {
    const left = remainingOf(spent);
    if (left === null || left >= needed) return [];
    const message = `The cap ${name} leaves ${inDollars(Math.max(0, left))}, and ${inDollars(needed)} will likely be needed: the run would pause there.`;
    return [{ code: 'ABOVE_CAP' as const, message }];
  });
}
