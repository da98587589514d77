/** How often a run pays for a storyboard. */
import { DomainError } from '../../core/errors.ts';
import type { PipelineRun } from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';
import { projectIdOf } from './project-runs.ts';

/** What the ledger calls the purchases of a project's storyboard. */
export const storyboardSubject = (projectId: string) => `storyboard:${projectId}`;

/** Tries before a run fails with the last answer kept (DOMAIN, Studio step 1). */
export const MAX_TRIES = 3;

/** How many answers the run has paid for: a step that is begun anew does not get all tries again. */
export function paidTries(tx: Tx, run: PipelineRun): Promise<number> {
  const subject = storyboardSubject(projectIdOf(run));
  return tx.ledgerEntry.count({ where: { subject, runId: run.id, kind: 'SETTLE' } });
}

/** @throws {DomainError} STORYBOARD_INVALID, if so many were paid for that no more is. */
export function requireTry(tried: number): void {
  if (tried < MAX_TRIES) return;
  throw new DomainError('STORYBOARD_INVALID', `The model gave no usable storyboard in ${MAX_TRIES} tries.`);
}
