/** The flow from a video to its moments and their clips. */
import { MOMENTS_STAGES } from '../../../core/stages/flow-stages.ts';
import type { PipelineRun } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { momentInput, NO_CLIP_ERROR } from '../../moments/cut/cut-clip.jobs.ts';
import { isHeld } from '../../runs/engine/hold.ts';
import type { Pipeline } from '../../runs/engine/pipeline.ts';
import { readOpenCalls } from '../../budget/ledger.sql.ts';
import { pickUpQuestions } from '../../moments/ask/question-rows.ts';
import { pickUpChunks } from '../../transcripts/hear/chunk-rows.ts';
import { holdsForAll } from '../../../providers/provider-error.ts';
import { runScope } from '../../runs/run-subject.ts';
import { momentsOptions } from './moments-options.ts';
import { planMomentsRun, planStoppedMoments } from './moments-plan.ts';
import { readMomentsRows } from './read-moments.ts';

/** Listen, transcribe, find, cut side by side, stills. */
export const momentsPipeline: Pipeline = {
  kind: 'MOMENTS',
  stages: MOMENTS_STAGES,
  options: momentsOptions,
  async plan(tx, run) {
    const rows = await readMomentsRows(tx, run);
    return isHeld(run) || holdsForAll(run.errorCode)
      ? planStoppedMoments(rows, run, await isBuying(tx, run))
      : planMomentsRun(rows, run);
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

/** Gives the moments of a video that could not be cut another chance. */
const forgetErrors = async (tx: Tx, { videoId }: PipelineRun): Promise<void> => {
  if (videoId === null) return;
  await tx.moment.updateMany({ where: { videoId, clipErrorCode: { not: null } }, data: NO_CLIP_ERROR });
};
