/** Doing one thing of a project again, in its live run or in a new one. */
import { DomainError } from '../../../core/errors.ts';
import { buys, from, upTo } from '../../../core/stages/stages.ts';
import type { PipelineRun, Project } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { ModelStanding } from '../../../providers/model-standing.ts';
import type { Cap } from '../../budget/cap.ts';
import { makeOnce, type Request } from '../../idempotency/make-once.ts';
import { advance } from '../../runs/engine/advance.ts';
import { capRun } from '../../runs/engine/cap-run.ts';
import { isWorking } from '../../runs/run-state.ts';
import { lockProject } from '../../projects/project.ts';
import { continueProject, findRun, lockLiveRun } from './control.ts';
import { flows } from '../flows.ts';

/** What is being redone, under its locks. */
export type Redo = { project: Project; live: PipelineRun | null };

const UNKEYED: Request = { asked: {}, key: null };

type RedoOptions = {
  maxCostCents?: Cap | undefined;
  request?: Request;
  /** How those stand that a new run would need. */
  models?: readonly ModelStanding[];
};

/**
 * Prepares rows, then lets the project's live run see them, or launches one; all in one transaction.
 *
 * @param options.request asked again with its key, the same run is the answer, and nothing more is done.
 * @param options.maxCostCents of the run that does it; its own, or the last one's, unless given.
 * @throws {DomainError} `RUN_IN_PROGRESS` if the live run makes no clips any more, or never did; `INSUFFICIENT_DISK`.
 */
export async function redo(
  ctx: Ctx,
  projectId: string,
  prepare: (tx: Tx, redo: Redo) => Promise<void>,
  { maxCostCents, request = UNKEYED, models }: RedoOptions = {},
): Promise<PipelineRun> {
  const make = async (tx: Tx) => {
    // The run before its project, as workers take them: the other order deadlocks with a step that ends a stage.
    const live = await lockLiveRun(tx, projectId);
    const project = await lockProject(tx, ctx.actor, projectId);
    if (live && !makesClips(live))
      throw new DomainError(
        'RUN_IN_PROGRESS',
        'The live run makes no clips; wait for its end, or cancel it.',
      );
    await prepare(tx, { project, live });
    if (!live) return continueProject(tx, ctx, project, maxCostCents, models);
    if (maxCostCents !== undefined) await capRun(tx, ctx.actor, live, maxCostCents);
    if (isWorking(live)) await advance(tx, ctx, flows, live);
    return tx.pipelineRun.findUniqueOrThrow({ where: { id: live.id } });
  };
  return makeOnce(ctx, request, { make, find: findRun });
}

/** Paused, a run looks at all of its stages again. */
function makesClips({ kind, stage, stopAfter, status }: PipelineRun): boolean {
  const { stages } = flows.pipelines[kind];
  const left = from(stages, status === 'PAUSED' ? null : stage);
  return buys(upTo(stages, stopAfter), 'CLIP') && buys(left, 'CLIP');
}
