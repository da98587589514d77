import { IllegalTransition, sourcesOf, type Transitions } from '../../core/state-machine.ts';
import type { PipelineRun, Prisma, RunStatus } from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';

/** Where a run may go (DOMAIN, States). */
export const RUN_TRANSITIONS: Transitions<RunStatus> = {
  QUEUED: ['RUNNING', 'PAUSED', 'FAILED', 'CANCELLED'],
  RUNNING: ['PAUSED', 'COMPLETED', 'PARTIAL', 'FAILED', 'CANCELLED'],
  PAUSED: ['QUEUED', 'CANCELLED'],
  COMPLETED: [],
  PARTIAL: [],
  FAILED: [],
  CANCELLED: [],
};

/** A live run: at most one a subject, and nothing else may be launched on that. */
export const LIVE_STATUSES = ['QUEUED', 'RUNNING', 'PAUSED'] as const satisfies RunStatus[];

/** What a run forgets that may try again. */
export const NO_ERROR = {
  errorStage: null,
  errorCode: null,
  errorMessage: null,
  heldByCap: null,
  heldAt: null,
};

/** A run that workers should go on with. */
export const WORKING_STATUSES = ['QUEUED', 'RUNNING'] as const satisfies RunStatus[];

/** Whether workers should go on with it. */
export const isWorking = ({ status }: { status: RunStatus }) =>
  WORKING_STATUSES.some((working) => working === status);

/** An ended run never moves again. */
export const isEnded = (status: RunStatus) => RUN_TRANSITIONS[status].length === 0;

/**
 * Moves a run, if its table allows that from where it stands now; the caller records it.
 *
 * @throws {IllegalTransition} if it does not.
 */
export async function moveRun(
  tx: Tx,
  runId: string,
  status: RunStatus,
  data: Prisma.PipelineRunUncheckedUpdateManyInput = {},
): Promise<PipelineRun> {
  const [run] = await tx.pipelineRun.updateManyAndReturn({
    where: { id: runId, status: { in: sourcesOf(RUN_TRANSITIONS, status) } },
    data: { ...data, status, version: { increment: 1 } },
  });
  if (!run) throw new IllegalTransition('Run', runId, status);
  return run;
}
