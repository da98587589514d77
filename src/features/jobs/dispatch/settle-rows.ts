import type { Job, JobRow, PipelineRun } from '../../../generated/prisma/client.ts';
import type { Actor } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { rankedScopes } from '../../budget/balance.ts';
import { runScope, scopesOfRun } from '../../runs/run-subject.ts';
import { projectScope } from '../../projects/project-runs.ts';
import { jobStates, NOT_WAITING, rowStates } from '../job-states.ts';
import { rowScope } from '../job.ts';
import { findStill } from './jobs.sql.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

/**
 * Writes what became of rows whose runs stand still, within `tx`; the caller holds the job.
 *
 * @returns the job as it is then: paused, if something stops all its rows.
 */
export async function settleRows(tx: Tx, actor: Actor, job: Job): Promise<Job> {
  const still = await findStill(tx, job.id);
  if (still.length === 0) return job;
  const ids = still.map(({ id }) => id);
  const rows = await tx.jobRow.findMany({
    where: { id: { in: ids } },
    include: { run: true },
    orderBy: { rowNumber: 'asc' },
  });
  const spent = await readSpent(tx, ids);
  let stopped: { outcome: Outcome; run: PipelineRun | null } | null = null;
  for (const { run, ...row } of rows) {
    const { settled = 0n, isUnknown = false } = spent.get(row.id) ?? {};
    const outcome = outcomeOf(run, isUnknown, ownScopes(row));
    if (!outcome) continue;
    await moveRow(tx, actor, row, outcome, settled);
    if (outcome.stops && !stopped) stopped = { outcome, run };
  }
  const now = await tx.job.findUniqueOrThrow({ where: { id: job.id } });
  return stopped && now.status === 'RUNNING' ? pauseFor(tx, actor, now, stopped.outcome, stopped.run) : now;
}

/** What counts for one row alone. */
const ownScopes = ({ id, runId, projectId }: JobRow): string[] => [
  rowScope(id),
  ...(runId === null ? [] : [runScope(runId)]),
  ...(projectId === null ? [] : [projectScope(projectId)]),
];

/** What rows have cost, in micro-USD, and whether nobody knows what became of a call. */
async function readSpent(tx: Tx, rowIds: readonly string[]) {
  const balances = await tx.ledgerBalance.findMany({ where: { scope: { in: rowIds.map(rowScope) } } });
  const byScope = new Map(balances.map((balance) => [balance.scope, balance]));
  return new Map(
    rowIds.map((id) => {
      const balance = byScope.get(rowScope(id));
      return [
        id,
        { settled: balance?.settledMicroUsd ?? 0n, isUnknown: (balance?.unknownMicroUsd ?? 0n) > 0n },
      ];
    }),
  );
}

function moveRow(tx: Tx, actor: Actor, row: JobRow, outcome: Outcome, costMicroUsd: bigint): Promise<JobRow> {
  const { status, message, hasGaps = false, errorCode, errorMessage } = outcome;
  const told = { hasGaps, errorCode, errorMessage, costMicroUsd };
  if (status === 'PENDING') return rowStates.move(tx, actor, row, status, { message }, told);
  const completedAt = new Date();
  const durationSeconds = (completedAt.getTime() - (row.startedAt ?? completedAt).getTime()) / 1_000;
  return rowStates.move(tx, actor, row, status, { message }, { ...told, completedAt, durationSeconds });
}

/** Lets no other row start: what stopped one would stop them all. */
export function pauseFor(
  tx: Tx,
  actor: Actor,
  job: Job,
  { errorCode, errorMessage }: Pick<Outcome, 'errorCode' | 'errorMessage'>,
  run: PipelineRun | null = null,
): Promise<Job> {
  const held = run?.heldScope == null ? [] : rankedScopes(scopesOfRun(run), run.workspaceId);
  const why = {
    ...NOT_WAITING,
    errorCode,
    errorMessage,
    heldScopes: held,
    heldMicroUsd: run?.heldMicroUsd ?? null,
  };
  return jobStates.move(tx, actor, job, 'PAUSED', { message: `Paused. ${errorMessage ?? ''}`.trim() }, why);
}
