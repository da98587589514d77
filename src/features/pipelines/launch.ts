/** Launching: what a mutation does before the background takes over. */
import { DomainError, type InputIssue, refuseIssues } from '../../core/errors.ts';
import type { PipelineRun, Project, RunPriority, RunStage } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { capIssues } from '../budget/cap.ts';
import { CURRENT as CURRENT_CLIPS } from '../clips/video-clip.ts';
import { createRun, warn } from '../runs/run.ts';
import { checkProjectInput, DEFAULT_CLIP_SECONDS, type ProjectInput } from '../storyboards/project-input.ts';
import { insertProject, lockProject } from '../storyboards/project.ts';
import { checkDisk } from './disk-check.ts';
import { flows } from './flows.ts';
import { digestOf, findRepeated } from './idempotency.ts';

/** Longest crossfade, in seconds; ours: longer ones eat the scenes. Half of the shortest clip is the other limit. */
export const MAX_CROSSFADE_SECONDS = 5;

export type LaunchOptions = {
  /** Last stage to run; null means all. */
  stopAfter: RunStage | null;
  /** Seconds scenes overlap in the film; 0 is a hard cut. */
  crossfadeSeconds: number;
  /** Most the run may cost, in cents; no cap unless given. */
  maxCostCents?: number | null;
  /** Whose steps go first where workers are scarce; INTERACTIVE unless given. */
  priority?: RunPriority;
  /** Repeating a launch with the same key answers with its run instead of launching again. */
  idempotencyKey: string | null;
};

/**
 * Creates a project and launches its film; both commit together, and the work goes on in the background.
 *
 * @throws {InvalidInputError} with every issue found.
 * @throws {DomainError} `INSUFFICIENT_DISK` if the film would not fit; `IDEMPOTENCY_CONFLICT` if the key was used for
 * another request.
 */
export async function generateFilm(
  ctx: Ctx,
  input: ProjectInput & LaunchOptions,
): Promise<{ project: Project; run: PipelineRun }> {
  const { stopAfter, crossfadeSeconds, priority = 'INTERACTIVE', idempotencyKey, ...rest } = input;
  const { maxCostCents = null, ...asked } = rest;
  const checked = checkProjectInput(asked, [
    ...crossfadeIssues(crossfadeSeconds, asked.targetClipDuration ?? DEFAULT_CLIP_SECONDS),
    ...capIssues('maxCostCents', maxCostCents),
  ]);
  const options = { stopAfter, crossfadeSeconds, maxCostCents, priority, idempotencyKey };
  const requestDigest = digestOf({ ...checked, stopAfter, crossfadeSeconds, maxCostCents });
  return ctx.db.$transaction(async (tx) => {
    const repeated = await findRepeated(tx, ctx.actor, idempotencyKey, requestDigest);
    if (repeated) {
      const project = await tx.project.findUniqueOrThrow({ where: { id: repeated.projectId } });
      return { project, run: repeated };
    }
    const project = await insertProject(tx, ctx.actor, checked);
    const run = await launchFilm(tx, ctx, project, options, requestDigest);
    return { project: await tx.project.findUniqueOrThrow({ where: { id: project.id } }), run };
  });
}

/**
 * Launches a film run on a project: it makes what is missing, up to `stopAfter`, and never makes again what is there.
 *
 * @throws {DomainError} `NOT_FOUND`; `RUN_IN_PROGRESS`; `ALREADY_COMPLETE` if nothing is missing (stitch it anew
 * instead); `INSUFFICIENT_DISK`; `IDEMPOTENCY_CONFLICT`; `INVALID_INPUT` naming `crossfadeSeconds`.
 */
export async function launchRun(
  ctx: Ctx,
  input: { projectId: string } & LaunchOptions,
): Promise<PipelineRun> {
  const { projectId, stopAfter, crossfadeSeconds, priority = 'INTERACTIVE', idempotencyKey } = input;
  const { maxCostCents = null } = input;
  refuseIssues(capIssues('maxCostCents', maxCostCents));
  const options = { stopAfter, crossfadeSeconds, maxCostCents, priority, idempotencyKey };
  const requestDigest = digestOf({ projectId, stopAfter, crossfadeSeconds, maxCostCents });
  return ctx.db.$transaction(async (tx) => {
    const project = await lockProject(tx, ctx.actor, projectId);
    const repeated = await findRepeated(tx, ctx.actor, idempotencyKey, requestDigest);
    if (repeated) return repeated;
    checkCrossfade(crossfadeSeconds, project.targetClipDuration);
    refuseComplete(project);
    return launchFilm(tx, ctx, project, options, requestDigest);
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
  return ctx.db.$transaction(async (tx) => {
    const project = await lockProject(tx, ctx.actor, projectId);
    const repeated = await findRepeated(tx, ctx.actor, idempotencyKey, requestDigest);
    if (repeated) return repeated;
    const durations = await clipDurations(tx, projectId);
    if (durations.length === 0) {
      const message = 'The project has no finished clip; launch a run that makes clips first.';
      throw new DomainError('NOTHING_TO_STITCH', message, { path: ['projectId'] });
    }
    checkCrossfade(crossfadeSeconds, Math.min(...durations));
    await checkDisk(ctx.storage, project);
    const order = {
      kind: 'STITCH' as const,
      stopAfter: null,
      crossfadeSeconds,
      maxCostCents: null,
      priority,
      idempotencyKey,
      requestDigest,
    };
    return createRun(tx, ctx, flows, { projectId, ...order });
  });
}

/**
 * Refuses a project that lacks nothing.
 *
 * @throws {DomainError} `ALREADY_COMPLETE`
 */
export function refuseComplete({ status, errorMessage }: Project): void {
  if (status !== 'COMPLETE' || errorMessage) return;
  const message = 'The film is complete; to cut it anew, use stitchFilm.';
  throw new DomainError('ALREADY_COMPLETE', message, { path: ['projectId'] });
}

/** Launches a film run within `tx`; the caller holds the project. */
export async function launchFilm(
  tx: Tx,
  ctx: Ctx,
  project: Project,
  options: Required<LaunchOptions>,
  requestDigest: string | null,
): Promise<PipelineRun> {
  const warning = await checkDisk(ctx.storage, project);
  const run = await createRun(tx, ctx, flows, {
    kind: 'FILM',
    projectId: project.id,
    ...options,
    requestDigest,
  });
  if (warning) await warn(tx, ctx.actor, run, warning);
  return run;
}

async function clipDurations(tx: Tx, projectId: string): Promise<number[]> {
  const clips = await tx.videoClip.findMany({
    where: { scene: { projectId }, ...CURRENT_CLIPS, status: 'COMPLETE' },
  });
  return clips.flatMap(({ durationSeconds }) => durationSeconds ?? []);
}

const checkCrossfade = (seconds: number, shortestClipSeconds: number) =>
  refuseIssues(crossfadeIssues(seconds, shortestClipSeconds));

function crossfadeIssues(seconds: number, shortestClipSeconds: number): InputIssue[] {
  const longest = Math.max(0, Math.min(MAX_CROSSFADE_SECONDS, shortestClipSeconds / 2));
  if (Number.isFinite(seconds) && seconds >= 0 && seconds <= longest) return [];
  const message = `Must be from 0 to ${longest} seconds: at most half of the shortest clip.`;
  return [{ path: ['crossfadeSeconds'], message }];
}
