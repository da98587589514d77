import type { Prisma } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { flows } from '../../pipelines/flows.ts';
import { cancelWithin } from '../../runs/control.ts';
import { LIVE_STATUSES } from '../../runs/run-state.ts';

/** Cancels, within `tx`, the runs of rows that have not ended: at work, or paused on the way. The caller holds the job. */
export async function cancelRuns(tx: Tx, ctx: Ctx, rows: Prisma.JobRowWhereInput): Promise<void> {
  const live = await tx.jobRow.findMany({
    where: { AND: [rows, { run: { status: { in: [...LIVE_STATUSES] } } }] },
    select: { runId: true },
  });
  for (const { runId } of live) if (runId !== null) await cancelWithin(tx, ctx, flows, { runId });
}
