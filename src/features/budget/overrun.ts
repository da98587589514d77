import type { Tx } from '../../platform/database/database.ts';
import { recordAudit } from '../audit/log/audit.ts';
import { inDollars } from './money.ts';

/**
 * Records that a bill came out above what was set aside for it, within `tx`. It counts against every cap at once, and the
 * next purchase waits where one is passed.
 */
export async function tellOverrun(
  tx: Tx,
  operationKey: string,
  { microUsd, reservedMicroUsd }: { microUsd: number; reservedMicroUsd: number },
): Promise<void> {
  const { id, workspaceId, scopes, model } = await tx.ledgerEntry.findFirstOrThrow({
    where: { operationKey, kind: 'RESERVE' },
  });
  const more = inDollars(microUsd - reservedMicroUsd);
  await recordAudit(
    tx,
    { name: 'ledger', workspaceId },
    {
      subject: { type: 'LedgerEntry', id },
      scopes: scopes.filter((scope) => !scope.includes(workspaceId)),
      eventType: 'ERROR',
      level: 'WARNING',
      message: `The bill of call ${operationKey} (${model}) is ${inDollars(microUsd)}, ${more} more than was set aside for it.`,
      details: { operationKey, microUsd, reservedMicroUsd },
    },
  );
}
