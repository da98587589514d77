import { percentOf, upTo } from '../../../core/stages/stages.ts';
import type { RunStage } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { isWorking } from '../run-state.ts';
import { runStates } from '../run-states.ts';
import { lockRun } from '../run.sql.ts';
import { actFor } from './act-for.ts';
import type { Flows } from './pipeline.ts';
import type { TellProgress } from './step.ts';

/** Between two writes of one step. */
const APART_MILLISECONDS = 2_000;
/** A run is told of by whole percents: nobody sees less. */
const LEAST_PERCENT = 1;

export type Progress = {
  tell: TellProgress;
  /** Waits for what is being written; nothing is written afterwards. */
  end(): Promise<void>;
};

/** Writes how far a run is while a step of it works; what cannot be written is left out. */
export function openProgress(ctx: Ctx, flows: Flows, runId: string): Progress {
  let [writing, last, isOver] = [Promise.resolve(), -Infinity, false];
  return {
    tell(stage, share, message) {
      if (isOver || performance.now() - last < APART_MILLISECONDS) return;
      last = performance.now();
      writing = writing.then(() => write(ctx, flows, runId, { stage, share, message })).catch(() => {});
    },
    async end() {
      isOver = true;
      await writing;
    },
  };
}

type Told = { stage: RunStage; share: number; message: string };

const write = (ctx: Ctx, flows: Flows, runId: string, { stage, share, message }: Told): Promise<void> =>
  recordTogether(ctx.db, async (tx) => {
    const run = await lockRun(tx, runId);
    if (!run || !isWorking(run)) return;
    const pipeline = flows.pipelines[run.kind];
    const plan = await pipeline.plan(tx, run);
    if (plan.kind !== 'GO') return;
    const done = { ...plan.done, [stage]: Math.min(1, (plan.done[stage] ?? 0) + share) };
    const percent = percentOf(upTo(pipeline.stages, run.stopAfter), done);
    if (percent < run.percent + LEAST_PERCENT) return;
    const { actor } = actFor(ctx, run);
    await runStates.change(tx, actor, run, { percent }, { message });
  });
