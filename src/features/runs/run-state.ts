import type { Transitions } from '../../core/state-machine.ts';
import type { RunStatus } from '../../generated/prisma/client.ts';

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
  heldScope: null,
  heldMicroUsd: null,
  heldAt: null,
};

/** A run that workers should go on with. */
export const WORKING_STATUSES = ['QUEUED', 'RUNNING'] as const satisfies RunStatus[];

/** Whether workers should go on with it. */
export const isWorking = ({ status }: { status: RunStatus }) =>
  WORKING_STATUSES.some((working) => working === status);

/** An ended run never moves again. */
export const isEnded = (status: RunStatus) => RUN_TRANSITIONS[status].length === 0;
