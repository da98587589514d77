import type { AuditLevel } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { recordAudit } from '../audit/log/audit.ts';
import type { Closing, ReservedCall } from './ledger.sql.ts';
import { inDollars } from './money.ts';

/** Who made a call, or tells what became of it; the workspace is that of its reservation. */
export type Caller = Pick<Actor, 'name'>;

/** What became of a call, as the ledger booked it within the same transaction. */
export type BookedCall = Omit<Closing, 'id'> & { reserved: ReservedCall };

/** Records a call to a provider, within `tx`, as an event of its run: that it was made, for whom, and what became of it. */
export async function recordCall(tx: Tx, { name }: Caller, booked: BookedCall): Promise<void> {
  const { reserved, operationKey, kind, isEstimate, requestId } = booked;
  const { workspaceId, runId, provider, model, call, microUsd } = reserved;
  await recordAudit(
    tx,
    { name, workspaceId },
    {
      subject: { type: 'PipelineRun', id: runId },
      scopes: reserved.scopes.filter((scope) => !scope.includes(workspaceId)),
      eventType: 'API_CALL',
      level: LEVELS[kind],
      message: `Call ${operationKey} (${model}): ${wordsOf(booked)}.`,
      details: {
        operationKey,
        provider,
        call,
        model,
        outcome: kind,
        reservedMicroUsd: Number(microUsd),
        chargedMicroUsd: chargeOf(booked),
        isEstimate,
        providerRequestId: requestId,
      },
    },
  );
}

const LEVELS: Readonly<Record<Closing['kind'], AuditLevel>> = {
  SETTLE: 'INFO',
  RELEASE: 'INFO',
  UNKNOWN: 'WARNING',
};

/** Null where nobody knows. */
function chargeOf({ kind, microUsd, reserved }: BookedCall): number | null {
  if (kind === 'UNKNOWN') return null;
  return kind === 'RELEASE' ? 0 : (microUsd ?? Number(reserved.microUsd));
}

function wordsOf(booked: BookedCall): string {
  const microUsd = chargeOf(booked);
  if (microUsd === null) return 'nobody knows whether it is charged';
  if (booked.kind === 'RELEASE') return 'not charged';
  return microUsd === 0
    ? 'free of charge'
    : `${inDollars(microUsd)} charged${booked.isEstimate ? ', by an estimate' : ''}`;
}
