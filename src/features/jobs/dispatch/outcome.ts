/** What a run that stands still means for the row that started it. Pure. */
import type { JobRowStatus, PipelineRun } from '../../../generated/prisma/client.ts';
import { holdsForAll } from '../../../providers/provider-error.ts';

export type Outcome = {
  status: Exclude<JobRowStatus, 'PROCESSING'>;
  /** In a sentence. */
  message: string;
  hasGaps?: boolean;
  errorCode: string | null;
  errorMessage: string | null;
  /** Why no other row may start either; null if that is no matter of theirs. */
  stops: 'REFUSED' | 'HELD' | null;
};

type Run = Pick<PipelineRun, 'id' | 'status' | 'errorCode' | 'errorMessage' | 'heldScope'>;

/** @param isUnknown whether nobody knows what became of one of its calls. */
export function outcomeOf(run: Run | null, isUnknown: boolean, ownScopes: readonly string[]): Outcome | null {
  if (run === null) return failed('NOT_FOUND', 'What it started was deleted.');
  const { status, errorCode, errorMessage } = run;
  if (status === 'QUEUED' || status === 'RUNNING') return null;
  if (status === 'PAUSED') return pausedBy(run, ownScopes);
  if (status === 'CANCELLED')
    return {
      ...NOTHING_WRONG,
      status: 'SKIPPED',
      message: 'its run was cancelled.',
      errorMessage: 'Its run was cancelled.',
    };
  if (isUnknown && status !== 'COMPLETED') {
    const unknown = 'Nobody knows what became of a call to the provider; look there, and settle it.';
    const message = 'somebody has to look at the provider.';
    return {
      ...NOTHING_WRONG,
      status: 'NEEDS_REVIEW',
      message,
      errorCode: 'OUTCOME_UNKNOWN',
      errorMessage: errorMessage ?? unknown,
    };
  }
  if (status === 'FAILED') {
    const stops = holdsForAll(errorCode) ? 'REFUSED' : null;
    return { ...failed(errorCode ?? 'INTERNAL', errorMessage ?? 'Its run failed.'), stops };
  }
  const hasGaps = status === 'PARTIAL';
  const message = hasGaps ? 'finished, with gaps.' : 'finished.';
  return { ...NOTHING_WRONG, status: 'COMPLETED', message, hasGaps, errorCode, errorMessage };
}

const NOTHING_WRONG = { errorCode: null, errorMessage: null, stops: null };

const failed = (errorCode: string, errorMessage: string): Outcome => ({
  status: 'FAILED',
  message: errorMessage,
  errorCode,
  errorMessage,
  stops: null,
});

/** A cap of its own fails the row, for the others may go on; any other cap holds the whole job. A person's pause is a person's to end. */
function pausedBy({ errorCode, errorMessage, heldScope }: Run, ownScopes: readonly string[]): Outcome | null {
  if (errorCode !== 'BUDGET_EXCEEDED') return null;
  if (heldScope !== null && ownScopes.includes(heldScope))
    return failed(errorCode, errorMessage ?? 'Its cap has no room.');
  return { status: 'PENDING', message: 'it waits for a cap.', errorCode, errorMessage, stops: 'HELD' };
}
