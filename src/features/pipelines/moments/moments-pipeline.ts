/** The flow from a video to its moments and their clips. */
import { MOMENTS_STAGES } from '../../../core/stages/flow-stages.ts';
import type { PipelineRun, RunStage } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { momentInput, NO_CLIP_ERROR } from '../../moments/cut/cut-clip.jobs.ts';
import { isHeld } from '../../runs/engine/hold.ts';
import type { NextSteps, Pipeline } from '../../runs/engine/pipeline.ts';
import { readOpenCalls } from '../../budget/ledger.sql.ts';
import { pickUpQuestions } from '../../moments/ask/question-rows.ts';
import { pickUpChunks } from '../../transcripts/hear/chunk-rows.ts';
import { holdsForAll } from '../../../providers/provider-error.ts';
import { runScope } from '../../runs/run-subject.ts';
import { momentsOptions } from './moments-options.ts';
import { planMomentsRun } from './moments-plan.ts';
import { readMomentsRows } from './read-moments.ts';

/** Listen, transcribe, find, cut side by side, stills. */
export const momentsPipeline: Pipeline = {
  kind: 'MOMENTS',
  stages: MOMENTS_STAGES,
  options: momentsOptions,
  async plan(tx, run) {
    const plan = planMomentsRun(await readMomentsRows(tx, run), run);
    const isStopped = isHeld(run) || holdsForAll(run.errorCode);
    if (!isStopped || plan.kind !== 'GO') return plan;
    // What is being bought is waited for; nothing more is.
    if (await isBuying(tx, run)) return { ...plan, steps: [] };
    return isHeld(run) ? { kind: 'PAUSE' } : refusedRun(plan.stage, run);
  },
  // A video has no status that follows its runs.
  reflect: async () => {},
  // No row says that it is being worked on: what a stopped step left is seen as missing.
  release: async () => {},
  async pickUp(tx, _ctx, run) {
    await forgetErrors(tx, run);
    await pickUpQuestions(tx, run.id);
    if (run.videoId !== null) await pickUpChunks(tx, run.videoId);
  },
  async replay(tx, _ctx, _run, { input }) {
    const about = momentInput.safeParse(input);
    if (about.success)
      await tx.moment.updateMany({ where: { id: about.data.momentId }, data: NO_CLIP_ERROR });
  },
};

const isBuying = async (tx: Tx, { id }: PipelineRun): Promise<boolean> =>
  (await readOpenCalls(tx, { scope: runScope(id) })).some(({ isUnknown }) => !isUnknown);

function refusedRun(stage: RunStage, { errorCode, errorMessage }: PipelineRun): NextSteps {
  const message = errorMessage ?? 'The provider refuses all that is bought.';
  return { kind: 'END', status: 'FAILED', message, error: { stage, code: errorCode ?? 'INTERNAL', message } };
}

/** Gives the moments of a video that could not be cut another chance. */
const forgetErrors = async (tx: Tx, { videoId }: PipelineRun): Promise<void> => {
  if (videoId === null) return;
  await tx.moment.updateMany({ where: { videoId, clipErrorCode: { not: null } }, data: NO_CLIP_ERROR });
};
