/** The flow from a video to its moments and their clips. */
import { MOMENTS_STAGES } from '../../../core/stages/flow-stages.ts';
import type { PipelineRun } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { momentInput, NO_CLIP_ERROR } from '../../moments/cut/cut-clip.jobs.ts';
import { isHeld } from '../../runs/engine/hold.ts';
import type { Pipeline } from '../../runs/engine/pipeline.ts';
import { momentsOptions } from './moments-options.ts';
import { planMomentsRun } from './moments-plan.ts';
import { readMomentsRows } from './read-moments.ts';

/** Listen, transcribe, find, cut side by side, stills. */
export const momentsPipeline: Pipeline = {
  kind: 'MOMENTS',
  stages: MOMENTS_STAGES,
  options: momentsOptions,
  plan: async (tx, run) =>
    isHeld(run) ? { kind: 'PAUSE' } : planMomentsRun(await readMomentsRows(tx, run), run),
  // A video has no status that follows its runs.
  reflect: async () => {},
  // No row says that it is being worked on: what a stopped step left is seen as missing.
  release: async () => {},
  pickUp: (tx, _ctx, run) => forgetErrors(tx, run),
  async replay(tx, _ctx, _run, { input }) {
    const about = momentInput.safeParse(input);
    if (about.success)
      await tx.moment.updateMany({ where: { id: about.data.momentId }, data: NO_CLIP_ERROR });
  },
};

/** Gives the moments of a video that could not be cut another chance. */
const forgetErrors = async (tx: Tx, { videoId }: PipelineRun): Promise<void> => {
  if (videoId === null) return;
  await tx.moment.updateMany({ where: { videoId, clipErrorCode: { not: null } }, data: NO_CLIP_ERROR });
};
