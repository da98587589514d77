/** Launching a film within the transaction of whoever asks for it. */
import type { PipelineRun, Project, RunPriority, RunStage } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { ModelStanding } from '../../../providers/model-standing.ts';
import type { CheckedProject, ProjectInput } from '../../projects/project-input.ts';
import { projectSubject } from '../../projects/project-runs.ts';
import { insertProject, lockProject } from '../../projects/project.ts';
import { resumeWithin } from '../../runs/control.ts';
import { LIVE_STATUSES } from '../../runs/run-state.ts';
import { refuseModels } from '../../runs/engine/ask-models.ts';
import { createRun, visibleRuns, warn } from '../../runs/run.ts';
import { foresee } from '../../storyboards/foresight.ts';
import { checkFilmInput } from '../film/film-input.ts';
import { flows } from '../flows.ts';
import { checkDisk } from './disk-check.ts';
import { likelyCost } from './film-estimate.ts';
import { modelsOf, modelWarnings } from './launch-models.ts';
import { isComplete, refuseReferences } from './launch-refusals.ts';

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

/** A film that can be launched: checked, and its models asked for. */
export type PreparedFilm = {
  checked: CheckedProject;
  options: Required<LaunchOptions>;
  models: readonly ModelStanding[];
};

/**
 * Checks what a film is to be, reads its prompt and asks for its models; outside of any transaction. Spends nothing.
 *
 * @throws {InvalidInputError} with every issue found.
 */
export async function prepareFilm(ctx: Ctx, input: ProjectInput & LaunchOptions): Promise<PreparedFilm> {
  const { stopAfter, crossfadeSeconds, maxCostCents = null } = input;
  const { priority = 'INTERACTIVE', idempotencyKey } = input;
  const checked = checkFilmInput(input);
  const film = { ...checked, targetDuration: checked.targetDuration ?? null, referenceIds: [], scenes: [] };
  await foresee(film, ctx.actor);
  const options = { stopAfter, crossfadeSeconds, maxCostCents, priority, idempotencyKey };
  return { checked, options, models: await modelsOf(film, stopAfter) };
}

/**
 * Creates the project of a film and launches its run within `tx`.
 *
 * @param scopes what the run counts for besides, narrowest first.
 * @throws {ProviderError} if a model that it needs is surely not to be had; {@link DomainError} `INSUFFICIENT_DISK`.
 */
export async function launchNewFilm(
  tx: Tx,
  ctx: Ctx,
  { checked, options, models }: PreparedFilm,
  requestDigest: string | null,
  scopes: string[] = [],
): Promise<{ project: Project; run: PipelineRun }> {
  const project = await insertProject(tx, ctx.actor, checked);
  const run = await launchFilm(tx, ctx, project, options, { requestDigest, models, scopes });
  return { project: await tx.project.findUniqueOrThrow({ where: { id: project.id } }), run };
}

/** What a launch knows besides what was asked for. */
type Circumstances = {
  requestDigest: string | null;
  /** How those stand that it needs, asked before `tx` began. */
  models?: readonly ModelStanding[];
  /** What the run counts for besides, narrowest first. */
  scopes?: string[];
};

/** Launches a film run within `tx`; the caller holds the project. */
export async function launchFilm(
  tx: Tx,
  ctx: Ctx,
  project: Project,
  { crossfadeSeconds, ...options }: Required<LaunchOptions>,
  { requestDigest, models = [], scopes = [] }: Circumstances,
): Promise<PipelineRun> {
  const warning = await checkDisk(ctx.storage, project);
  const unused = await refuseReferences(tx, project);
  refuseModels(models);
  const run = await createRun(tx, ctx, flows, {
    kind: 'FILM',
    subject: projectSubject(project.id),
    options: { crossfadeSeconds },
    estimatedCostMicroUsd: await likelyCost(tx, project, options.stopAfter),
    ...options,
    requestDigest,
    scopes,
  });
  if (warning) await warn(tx, ctx.actor, run, warning);
  if (unused) await warn(tx, ctx.actor, run, unused);
  for (const each of modelWarnings(models)) await warn(tx, ctx.actor, run, each);
  return run;
}

/**
 * Makes what a project of the actor's still lacks within `tx`: resumes its paused run, takes the one that is at work, or
 * launches another. What is finished is never made or paid for again.
 *
 * @param scopes what a new run counts for besides, narrowest first.
 * @returns null if its film is complete.
 * @throws {DomainError} `NOT_FOUND`; `INSUFFICIENT_DISK`.
 */
export async function continueFilm(
  tx: Tx,
  ctx: Ctx,
  projectId: string,
  options: Required<LaunchOptions>,
  scopes: string[],
): Promise<PipelineRun | null> {
  const live = await tx.pipelineRun.findFirst({
    where: { projectId, status: { in: [...LIVE_STATUSES] }, ...visibleRuns(ctx.actor) },
  });
  if (live) return resumeWithin(tx, ctx, flows, { runId: live.id, maxCostCents: options.maxCostCents });
  const project = await lockProject(tx, ctx.actor, projectId);
  if (isComplete(project)) return null;
  return launchFilm(tx, ctx, project, options, { requestDigest: null, scopes });
}
