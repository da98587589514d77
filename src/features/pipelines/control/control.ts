/** What a person may do to a run or a project that is on its way. */
import { refuseIssues } from '../../../core/errors.ts';
import type { PipelineRun, Project } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { type Cap, capIssues, readCap } from '../../budget/cap.ts';
import { cancel, pause, type Resumption, resume, resumeWithin } from '../../runs/control.ts';
import { makeOnce } from '../../idempotency/make-once.ts';
import { isEnded, LIVE_STATUSES } from '../../runs/run-state.ts';
import { runScope } from '../../runs/run-subject.ts';
import { lockRun } from '../../runs/run.sql.ts';
import { lockProject } from '../../projects/project.ts';
import { filmOptionsOf } from '../../videos/film-options.ts';
import { flows } from '../flows.ts';
import { refuseComplete } from '../confirm/launch-refusals.ts';
import { launchFilm } from '../confirm/launch-film.ts';
import { modelsOfProject } from '../confirm/launch-models.ts';
import { refuseModels } from '../../runs/engine/ask-models.ts';
import type { ModelStanding } from '../../../providers/model-standing.ts';
import { visibleRuns } from '../../runs/run.ts';

/** Ends a live run; see `cancel` of the engine. */
export const cancelRun = (ctx: Ctx, input: { runId: string }): Promise<PipelineRun> =>
  cancel(ctx, flows, input);

/** Stops a live run so that it can go on later; see `pause` of the engine. */
export const pauseRun = (ctx: Ctx, input: { runId: string }): Promise<PipelineRun> =>
  pause(ctx, flows, input);

/**
 * Lets a paused run go on; see `resume` of the engine.
 *
 * @throws {DomainError} as it does; `INVALID_INPUT` naming `maxCostCents`.
 */
export async function resumeRun(ctx: Ctx, input: Resumption): Promise<PipelineRun> {
  refuseIssues(capIssues('maxCostCents', input.maxCostCents ?? null));
  return resume(ctx, flows, input);
}

export type ProjectResumption = {
  projectId: string;
  /** Of the run that goes on; its own, or the last one's, unless given. */
  maxCostCents?: Cap | undefined;
  /** Asked again with it, the run that went on is the answer, and nothing more goes on. */
  idempotencyKey?: string | null | undefined;
};

/**
 * Makes what a project still lacks: resumes its paused run, or launches another like the last one. What is finished
 * is never made or paid for again; failed and timed-out scenes get another chance.
 *
 * @throws {DomainError} `NOT_FOUND`; `RUN_IN_PROGRESS` if a run is at work; `ALREADY_COMPLETE` if nothing is missing;
 * `INSUFFICIENT_DISK`; `INVALID_INPUT` naming `maxCostCents`; as `makeOnce`.
 */
export async function resumeProject(
  ctx: Ctx,
  { projectId, maxCostCents, idempotencyKey = null }: ProjectResumption,
): Promise<PipelineRun> {
  refuseIssues(capIssues('maxCostCents', maxCostCents ?? null));
  const models = await modelsOfProject(ctx, projectId, null);
  const make = async (tx: Tx) => {
    const paused = await tx.pipelineRun.findFirst({
      where: { projectId, ...visibleRuns(ctx.actor), status: 'PAUSED' },
    });
    if (paused) {
      refuseModels(models);
      return resumeWithin(tx, ctx, flows, { runId: paused.id, maxCostCents });
    }
    const project = await lockProject(tx, ctx.actor, projectId);
    refuseComplete(project);
    return continueProject(tx, ctx, project, maxCostCents, models);
  };
  const asked = { resumeProject: projectId, maxCostCents };
  return makeOnce(ctx, { asked, key: idempotencyKey }, { make, find: findRun });
}

/** What an earlier request with the same key has set going. */
export const findRun = (tx: Tx, id: string): Promise<PipelineRun | null> =>
  tx.pipelineRun.findUnique({ where: { id } });

/**
 * Launches a whole film run on a project within `tx`, cut as its last one was. The caller holds the project.
 *
 * @param maxCostCents the last one's, anew, unless given.
 * @throws {DomainError} `RUN_IN_PROGRESS`; `INSUFFICIENT_DISK`.
 */
export async function continueProject(
  tx: Tx,
  ctx: Ctx,
  project: Project,
  maxCostCents?: Cap,
  models: readonly ModelStanding[] = [],
): Promise<PipelineRun> {
  const last = await tx.pipelineRun.findFirst({
    where: { projectId: project.id, kind: 'FILM' },
    orderBy: { createdAt: 'desc' },
  });
  const options = {
    stopAfter: null,
    crossfadeSeconds: last ? filmOptionsOf(last).crossfadeSeconds : 0,
    maxCostCents: maxCostCents === undefined ? await capOfRun(tx, last) : maxCostCents,
    priority: last?.priority ?? 'INTERACTIVE',
    idempotencyKey: null,
  };
  return launchFilm(tx, ctx, project, options, { requestDigest: null, models });
}

const capOfRun = async (tx: Tx, run: PipelineRun | null): Promise<Cap> =>
  run && readCap(tx, runScope(run.id));

/** Holds a project's live run until `tx` ends; null if it has none. */
export async function lockLiveRun(tx: Tx, projectId: string): Promise<PipelineRun | null> {
  const found = await tx.pipelineRun.findFirst({ where: { projectId, status: { in: [...LIVE_STATUSES] } } });
  const run = found && (await lockRun(tx, found.id));
  return run && !isEnded(run.status) ? run : null;
}
