/** Launching: what a mutation does before the background takes over. */
import { DomainError, refuseIssues } from '../../../core/errors.ts';
import type { PipelineRun, Project } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { untilKnown } from '../../../platform/database/lost-commit.ts';
import { capIssues } from '../../budget/cap.ts';
import { CURRENT_CLIP } from '../../video-clips/current-clip.ts';
import { digestOf } from '../../idempotency/idempotency-key.ts';
import { createRun } from '../../runs/run.ts';
import type { ProjectInput } from '../../projects/project-input.ts';
import { lockProject } from '../../projects/project.ts';
import { projectIdOf, projectSubject } from '../../projects/project-runs.ts';
import { checkCrossfade } from '../film/crossfade.ts';
import { checkDisk } from './disk-check.ts';
import { launchFilm, launchNewFilm, type LaunchOptions, prepareFilm } from './launch-film.ts';
import { findRepeated } from './find-repeated.ts';
import { flows } from '../flows.ts';
import { modelsOfProject } from './launch-models.ts';
import { refuseComplete } from './launch-refusals.ts';
import { checkPlan, type Confirmation } from './run-plan.ts';

/**
 * Creates a project and launches its film; both commit together, and the work goes on in the background.
 *
 * @throws {InvalidInputError} with every issue found.
 * @throws {ProviderError} if a model that it needs is surely not to be had: nothing was bought.
 * @throws {DomainError} `INSUFFICIENT_DISK` if the film would not fit; `IDEMPOTENCY_CONFLICT` if the key was used for
 * another request.
 */
export async function generateFilm(
  ctx: Ctx,
  input: ProjectInput & LaunchOptions,
): Promise<{ project: Project; run: PipelineRun }> {
  const { idempotencyKey } = input;
  const film = await prepareFilm(ctx, input);
  const { stopAfter, crossfadeSeconds, maxCostCents } = film.options;
  const requestDigest = digestOf({ ...film.checked, stopAfter, crossfadeSeconds, maxCostCents });
  return transactOnce(ctx, idempotencyKey, async (tx) => {
    const repeated = await findRepeated(tx, ctx.actor, idempotencyKey, requestDigest);
    if (repeated) {
      const project = await tx.project.findUniqueOrThrow({ where: { id: projectIdOf(repeated) } });
      return { project, run: repeated };
    }
    return launchNewFilm(tx, ctx, film, requestDigest);
  });
}

/**
 * Launches a film run on a project: it makes what is missing, up to `stopAfter`, and never makes again what is there.
 *
 * @param input.plan the plan it must be the run of; without one it launches all the same.
 * @throws {ProviderError} as `generateFilm` does.
 * @throws {DomainError} `NOT_FOUND`; `RUN_IN_PROGRESS`; `ALREADY_COMPLETE` if nothing is missing (stitch it anew
 * instead); `PLAN_STALE`; `INSUFFICIENT_DISK`; `IDEMPOTENCY_CONFLICT`; `INVALID_INPUT` naming `crossfadeSeconds`, or
 * `projectId` if its clips cannot be filmed from its reference images.
 */
export async function launchRun(
  ctx: Ctx,
  input: { projectId: string; plan?: Confirmation | null } & LaunchOptions,
): Promise<PipelineRun> {
  const {
    projectId,
    plan = null,
    stopAfter,
    crossfadeSeconds,
    priority = 'INTERACTIVE',
    idempotencyKey,
  } = input;
  const { maxCostCents = null } = input;
  refuseIssues(capIssues('maxCostCents', maxCostCents));
  const options = { stopAfter, crossfadeSeconds, maxCostCents, priority, idempotencyKey };
  const requestDigest = digestOf({ projectId, plan, stopAfter, crossfadeSeconds, maxCostCents });
  const models = await modelsOfProject(ctx, projectId, stopAfter);
  return transactOnce(ctx, idempotencyKey, async (tx) => {
    const project = await lockProject(tx, ctx.actor, projectId);
    const repeated = await findRepeated(tx, ctx.actor, idempotencyKey, requestDigest);
    if (repeated) return repeated;
    checkCrossfade(crossfadeSeconds, project.targetClipDuration);
    refuseComplete(project);
    if (plan) await checkPlan(tx, ctx, project, stopAfter, plan);
    return launchFilm(tx, ctx, project, options, { requestDigest, models });
  });
}

/**
 * Launches a run that stitches the clips that exist into another film; the films there are stay.
 *
 * @throws {DomainError} `NOT_FOUND`; `RUN_IN_PROGRESS`; `NOTHING_TO_STITCH` if no clip is finished (launch a run
 * first); `INSUFFICIENT_DISK`; `IDEMPOTENCY_CONFLICT`; `INVALID_INPUT` naming `crossfadeSeconds`.
 */
export async function stitchFilm(
  ctx: Ctx,
  input: { projectId: string } & Omit<LaunchOptions, 'stopAfter' | 'maxCostCents'>,
): Promise<PipelineRun> {
  const { projectId, crossfadeSeconds, priority = 'INTERACTIVE', idempotencyKey } = input;
  const requestDigest = digestOf({ stitch: projectId, crossfadeSeconds });
  return transactOnce(ctx, idempotencyKey, async (tx) => {
    const project = await lockProject(tx, ctx.actor, projectId);
    const repeated = await findRepeated(tx, ctx.actor, idempotencyKey, requestDigest);
    if (repeated) return repeated;
    const durations = await clipDurations(tx, projectId);
    if (durations.length === 0) {
      const message = 'The project has no finished clip; launch a run that makes clips first.';
      throw new DomainError('NOTHING_TO_STITCH', message, { path: ['projectId'] });
    }
    // Shorter clips get shorter crossfades, and the run says so.
    checkCrossfade(crossfadeSeconds, Math.max(...durations));
    await checkDisk(ctx.storage, project);
    const order = {
      kind: 'STITCH' as const,
      estimatedCostMicroUsd: 0n,
      stopAfter: null,
      options: { crossfadeSeconds },
      maxCostCents: null,
      priority,
      idempotencyKey,
      requestDigest,
    };
    return createRun(tx, ctx, flows, { subject: projectSubject(projectId), ...order });
  });
}

/** With a key, an answer of the database that was lost is looked up by it. */
function transactOnce<Result>(
  { db }: Ctx,
  key: string | null,
  launch: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const transact = () => db.$transaction((tx) => launch(tx));
  return key === null ? transact() : untilKnown(transact);
}

async function clipDurations(tx: Tx, projectId: string): Promise<number[]> {
  const clips = await tx.videoClip.findMany({
    where: { scene: { projectId }, ...CURRENT_CLIP, status: 'COMPLETE' },
  });
  return clips.flatMap(({ durationSeconds }) => durationSeconds ?? []);
}
