/** What a film will cost and how long it will take, asked before anything runs. */
import { FILM_STAGES } from '../../../core/stages/flow-stages.ts';
import type { Project, RunStage } from '../../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { oneByOne, turnOfLoop } from '../../../platform/aside/turn-of-loop.ts';
import { type Cap, readCap } from '../../budget/cap.ts';
import { type CostEstimate, estimateCost, type SpentByCall, type Spread } from '../../budget/estimate.ts';
import { readSpent } from '../../budget/spent.sql.ts';
import { requireFilmProvider } from '../../projects/film-provider.ts';
import { projectScope } from '../../projects/project-runs.ts';
import { foresee, isForeseen } from '../../storyboards/foresight.ts';
import { capWarnings } from './cap-warnings.ts';
import { type EstimateWarning, standingWarnings, warningsOf } from './estimate-warnings.ts';
import { checkFilmInput, type FilmInput } from '../film/film-input.ts';
import { type ExpectedTime, expectedTime, measuredSecondsPerScene } from './film-time.ts';
import { type FilmDone, onceRetried, openScenesOf, sceneCountOf, workOf } from '../film/film-work.ts';
import { modelsOf, modelsOfProject } from './launch-models.ts';
import { narrationWarnings } from './narration-warnings.ts';
import { type FilmTables, readFilm } from '../film/read-film.ts';
import { withoutMade } from '../film/without-made.ts';
import type { ModelStanding } from '../../../providers/model-standing.ts';

export type FilmEstimate = CostEstimate & {
  provider: Project['provider'];
  /** Scenes of the film: as many as it has, or as its prompt will give. */
  sceneCount: Spread;
  /** Null where nobody knows. */
  expectedTime: ExpectedTime | null;
  warnings: EstimateWarning[];
};

/** What an estimate is read from; inside a transaction, its own client. */
type Reader = Pick<Tx, FilmTables | 'pipelineRun' | 'costCap' | 'ledgerBalance' | '$queryRaw'>;

/**
 * Estimates a film that does not exist. Writes nothing; asks for its models, at no cost.
 *
 * @throws {InvalidInputError} with every issue found, as launching it would.
 */
export async function estimateNewFilm(
  ctx: Ctx,
  input: FilmInput & { stopAfter: RunStage | null },
): Promise<FilmEstimate> {
  await turnOfLoop();
  const { targetDuration = null, ...checked } = checkFilmInput(input);
  const { stopAfter, maxCostCents = null } = input;
  const film = { ...checked, targetDuration, referenceIds: [], scenes: [] };
  await foresee(film, ctx.actor);
  const models = await modelsOf(film, stopAfter);
  const estimated = await oneByOne(ctx, () => estimate(ctx.db, ctx.actor, film, stopAfter, {}, maxCostCents));
  return warned(estimated, models);
}

/** What was asked of the models comes first: without one of them there is no film. */
const warned = (estimated: FilmEstimate, models: readonly ModelStanding[]): FilmEstimate => ({
  ...estimated,
  warnings: [...standingWarnings(models), ...estimated.warnings],
});

/**
 * Estimates what a project still lacks, beside what it has cost so far. All of it at one moment: what is bought
 * meanwhile is either in both or in neither.
 */
export async function estimateProject(
  ctx: Ctx,
  project: Project,
  stopAfter: RunStage | null,
): Promise<FilmEstimate> {
  if (!isForeseen(project) && !(await hasScenes(ctx, project))) await foresee(project, ctx.actor);
  const models = await modelsOfProject(ctx, project.id, stopAfter);
  return warned(await atOneMoment(ctx, (tx) => estimateWithin(tx, ctx.actor, project, stopAfter)), models);
}

/** The same, once `retryScene` without other words makes a scene of it again. */
export const estimateRetry = (ctx: Ctx, project: Project, sceneId: string) =>
  atOneMoment(ctx, async (tx) => {
    const scope = projectScope(project.id);
    const spent = await readSpent(tx, scope);
    const film = onceRetried(await readFilm(tx, project), sceneId);
    return estimate(tx, ctx.actor, film, null, spent, await readCap(tx, scope));
  });

const hasScenes = async ({ db }: Ctx, { id: projectId }: Project) =>
  (await db.scene.findFirst({ where: { projectId }, select: { id: true } })) !== null;

const atOneMoment = ({ db }: Ctx, read: (tx: Tx) => Promise<FilmEstimate>) =>
  db.$transaction(read, { isolationLevel: 'RepeatableRead' });

/** Estimates a project within `tx`; the caller holds the project. */
export async function estimateWithin(
  db: Reader,
  actor: Actor,
  project: Project,
  stopAfter: RunStage | null,
): Promise<FilmEstimate> {
  const scope = projectScope(project.id);
  const spent = await readSpent(db, scope);
  return estimate(db, actor, await readFilm(db, project), stopAfter, spent, await readCap(db, scope));
}

/** Micro-USD that a launch will likely cost; nothing is read where the provider takes no money. */
export async function likelyCost(
  tx: Pick<Tx, FilmTables>,
  project: Project,
  stopAfter: RunStage | null,
): Promise<bigint> {
  const provider = requireFilmProvider(project.provider);
  if (Object.values(provider.capabilities).every(({ model }) => model.prices.length === 0)) return 0n;
  const work = workOf(await readFilm(tx, project), stopAfter, provider);
  return BigInt(estimateCost(FILM_STAGES, work, {}, new Date()).remainingMicroUsd.likely);
}

async function estimate(
  db: Reader,
  actor: Actor,
  film: FilmDone,
  stopAfter: RunStage | null,
  spent: SpentByCall,
  ownCap: Cap,
): Promise<FilmEstimate> {
  const provider = requireFilmProvider(film.provider);
  const work = workOf(film, stopAfter, provider);
  const now = new Date();
  const cost = estimateCost(FILM_STAGES, withoutMade(work, spent), spent, now);
  const measured = stopAfter === null ? await measuredSecondsPerScene(db, actor, film.provider) : null;
  return {
    ...cost,
    provider: film.provider,
    sceneCount: sceneCountOf(film),
    expectedTime: expectedTime(work, openScenesOf(film).likely, provider.capabilities.CLIP.kind, measured),
    warnings: [
      ...warningsOf(film, work, cost, now),
      ...narrationWarnings(film),
      ...(await capWarnings(db, actor, cost, ownCap)),
    ],
  };
}
