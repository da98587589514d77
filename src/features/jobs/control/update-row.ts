import { DomainError, InvalidInputError } from '../../../core/errors.ts';
import type { JobRow } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { rowStates } from '../job-states.ts';
import { lockJob } from '../job.sql.ts';
import type { RowInput } from '../kinds/kind.ts';
import { rulesOf } from '../kinds/kinds.ts';
import { refreshPreview } from '../preview/refresh-preview.ts';
import { markTwins } from '../preview/rows.sql.ts';
import { requireState } from '../require-state.ts';
import { changedRow, type InputChange } from './change-input.ts';

export type RowUpdate = { jobId: string; rowNumber: number; input: InputChange };

/**
 * Changes what a row asks for that has not started, or has failed; it starts anew with it, a failed one once it is retried.
 * Whether an earlier row asks for the same is told as by a preview.
 *
 * @throws {DomainError} `NOT_FOUND`; `JOB_STATE` if the row has started, finished or was left out, or the job was
 * cancelled; `INVALID_INPUT` naming `rowNumber` or an input.
 */
export async function updateRow(ctx: Ctx, { jobId, rowNumber, input }: RowUpdate): Promise<JobRow> {
  return recordTogether(ctx.db, async (tx) => {
    const job = await lockJob(tx, ctx.actor, jobId);
    requireState(job, ['PENDING', 'RUNNING', 'PAUSED', 'COMPLETED', 'FAILED'], 'given other rows');
    const row = await tx.jobRow.findUnique({ where: { jobId_rowNumber: { jobId, rowNumber } } });
    if (!row)
      throw new InvalidInputError([{ path: ['rowNumber'], message: `There is no row ${rowNumber}.` }]);
    if (row.status !== 'FAILED' && (row.status !== 'PENDING' || row.projectId !== null)) {
      const message = `Row ${rowNumber} is ${row.status}${row.status === 'PENDING' ? ' and has begun' : ''}; only one that has not started, or has failed, can be changed.`;
      throw new DomainError('JOB_STATE', message, { path: ['rowNumber'] });
    }
    const change = changedRow(job, row, input, ['input']);
    const { microUsd } = rulesOf(job.kind).estimatesAt(new Date())(change.input as RowInput);
    const costs = {
      lowMicroUsd: BigInt(microUsd.low),
      likelyMicroUsd: BigInt(microUsd.likely),
      highMicroUsd: BigInt(microUsd.high),
    };
    const changed = await rowStates.change(
      tx,
      ctx.actor,
      row,
      { ...change, ...costs },
      { message: 'was changed.' },
    );
    await markTwins(tx, ctx.actor, job, rowNumber, [row.rowChecksum, changed.rowChecksum]);
    await refreshPreview(tx, job);
    return tx.jobRow.findUniqueOrThrow({ where: { id: row.id } });
  });
}
