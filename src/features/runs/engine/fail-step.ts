import { DomainError, type ErrorCode } from '../../../core/errors.ts';
import { newId } from '../../../core/ids.ts';
import { messageOf } from '../../../core/outside-text.ts';
import type { PipelineRun } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { OutcomeUnknown } from '../../budget/outcome-unknown.ts';
import { book } from '../../budget/reservation.ts';
import type { StepData } from './job.ts';
import { endWait } from './step-wait.ts';
import { holdsForAll } from '../../../providers/provider-error.ts';
import type { RunError } from '../run-error.ts';
import type { AnyStep } from './step.ts';
import { runStates } from '../run-states.ts';

/**
 * Writes a step's failure for good to its rows and to the run, for the next plan to see.
 *
 * @param letter how often it was tried, to keep it as a dead letter; null for a failure that no further try would mend.
 * @returns the run as it is then.
 */
export async function failStep(
  tx: Tx,
  ctx: Ctx,
  step: AnyStep,
  run: PipelineRun,
  data: StepData,
  cause: unknown,
  letter: { attempts: number } | null,
): Promise<PipelineRun> {
  const { key, input } = data;
  const error: RunError = {
    stage: run.stage,
    code: codeOf(cause),
    message: messageOf(cause),
    cause,
  };
  if (cause instanceof OutcomeUnknown) await book(tx, ctx.actor, cause.operationKey, 'UNKNOWN');
  await endWait(tx, data);
  await step.fail(tx, ctx, run, input, error);
  if (letter) {
    await tx.deadLetter.create({
      data: {
        id: newId(),
        runId: run.id,
        step: step.name,
        key,
        input,
        attempts: letter.attempts,
        errorCode: error.code,
        errorMessage: error.message,
      },
    });
  }
  // What refused it for all stays known: it buys nothing more, whatever else fails.
  const kept = holdsForAll(run.errorCode) ? { errorStage: error.stage } : null;
  const written = kept ?? { errorStage: error.stage, errorCode: error.code, errorMessage: error.message };
  const message = `Step ${step.name} has failed for good: ${error.message}`;
  return runStates.change(tx, ctx.actor, run, written, { message });
}

/** What the system says of a full disk, whichever layer met it. */
const DISK_FULL = /ENOSPC|no space left on device/i;

function codeOf(cause: unknown): ErrorCode {
  if (DISK_FULL.test(messageOf(cause))) return 'INSUFFICIENT_DISK';
  return cause instanceof DomainError ? cause.code : 'INTERNAL';
}
