import type { PipelineRun, RunStatus } from '../../generated/prisma/client.ts';
import { defineStates } from '../audit/log/states.ts';
import { RUN_TRANSITIONS } from './run-state.ts';
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

/** What is told of a run, beside where it stands. */
type Cause = { message: string } & Pick<RunDetails, 'waitsUntil'>;

/** Every subscriber of its progress hears of what is recorded of a run. */
export const runStates = defineStates<'PipelineRun', RunStatus, Cause>({
  type: 'PipelineRun',
  title: 'A run',
  transitions: RUN_TRANSITIONS,
  tell: (run, from, { message, ...more }) => ({
    scopes: scopesOfRun(run),
    eventType: run.status === 'FAILED' ? 'ERROR' : 'STATE_CHANGE',
    level: run.status === 'FAILED' ? 'ERROR' : run.status === 'PARTIAL' ? 'WARNING' : 'INFO',
    message,
    details: detailsOf(run, from, more),
  }),
});

const detailsOf = (
  run: PipelineRun,
  from: RunStatus | null,
  more: Pick<RunDetails, 'waitsUntil'>,
): RunDetails => ({
  from,
  to: run.status,
  stage: run.stage,
  percent: run.percent,
  estimatedSecondsLeft: estimateSecondsLeft(run, new Date()),
  ...more,
  ...(run.errorCode && { errorCode: run.errorCode }),
});

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
