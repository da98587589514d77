import type { PipelineRun, RunStatus } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { recordAudit } from '../audit/audit.ts';
import { scopesOfRun } from './run-subject.ts';

/** What an entry of a PipelineRun tells a program; `runProgress` is read from these. */
export type RunDetails = {
  from: RunStatus | null;
  to: RunStatus;
  stage: string | null;
  /** 0 to 100. */
  percent: number;
  /** Null until there is something to extrapolate from. */
  estimatedSecondsLeft: number | null;
  errorCode?: string;
  /** Until when a step waits for its provider, where that is what is told. ISO 8601. */
  waitsUntil?: string;
};

/** Records that a run moved or got further; every subscriber of its progress sees it. */
export async function recordRun(
  tx: Tx,
  actor: Actor,
  run: PipelineRun,
  from: RunStatus | null,
  message: string,
  more: Pick<RunDetails, 'waitsUntil'> = {},
): Promise<void> {
  const details: RunDetails = {
    from,
    to: run.status,
    stage: run.stage,
    percent: run.percent,
    estimatedSecondsLeft: estimateSecondsLeft(run, new Date()),
    ...more,
    ...(run.errorCode && { errorCode: run.errorCode }),
  };
  await recordAudit(tx, actor, {
    subject: { type: 'PipelineRun', id: run.id },
    scopes: scopesOfRun(run),
    eventType: run.status === 'FAILED' ? 'ERROR' : 'STATE_CHANGE',
    level: run.status === 'FAILED' ? 'ERROR' : run.status === 'PARTIAL' ? 'WARNING' : 'INFO',
    version: run.version,
    message,
    details,
  });
}

/** Extrapolated from the time the done share took; 0 once ended, null before the start. */
export function estimateSecondsLeft(
  run: Pick<PipelineRun, 'startedAt' | 'completedAt' | 'percent'>,
  now: Date,
): number | null {
  if (run.completedAt) return 0;
  if (!run.startedAt || run.percent <= 0) return null;
  const elapsed = (now.getTime() - run.startedAt.getTime()) / 1_000;
  return Math.round(((elapsed * (100 - run.percent)) / run.percent) * 10) / 10;
}
