/** What a film will cost and how long it will take, asked before anything runs. */
import type { Project, RunStage } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PaidCall, ProviderAdapter } from '../../providers/provider.ts';
import { getProvider } from '../../providers/registry.ts';
import { CURRENT as CURRENT_CLIPS } from '../clips/video-clip.ts';
import { type CostEstimate, estimateCost, type Spent, type Spread } from '../budget/estimate.ts';
import { CURRENT as CURRENT_FRAMES } from '../keyframes/keyframe.ts';
import { checkProjectInput, type ProjectInput } from '../storyboards/project-input.ts';
import { type EstimateWarning, warningsOf } from './estimate-warnings.ts';
import { type ExpectedTime, expectedTime, measuredSecondsPerScene } from './film-time.ts';
import { type FilmDone, openScenesOf, sceneCountOf, workOf } from './film-work.ts';

export type FilmEstimate = CostEstimate & {
  provider: Project['provider'];
  /** Scenes of the film: as many as it has, or as its prompt will give. */
  sceneCount: Spread;
  /** Null where nobody knows. */
  expectedTime: ExpectedTime | null;
  warnings: EstimateWarning[];
};

/**
 * Estimates a film that does not exist. Writes nothing, calls nobody.
 *
 * @throws {InvalidInputError} with every issue found, as creating it would.
 */
export function estimateNewFilm(
  ctx: Ctx,
  input: ProjectInput & { stopAfter: RunStage | null },
): Promise<FilmEstimate> {
  const { stopAfter, ...asked } = input;
  const { targetDuration = null, ...checked } = checkProjectInput(asked);
  return estimate(ctx, { ...checked, targetDuration, scenes: [] }, stopAfter, {});
}

/** Estimates what a project still lacks, beside what it has cost so far. */
export async function estimateProject(
  ctx: Ctx,
  project: Project,
  stopAfter: RunStage | null,
): Promise<FilmEstimate> {
  return estimate(ctx, await readDone(ctx.db, project), stopAfter, {});
}

/** A project with what there is of its film; one relation at a time, as everywhere inside transactions. */
export async function readDone(
  db: Pick<Tx, 'scene' | 'videoClip'>,
  project: Project,
): Promise<Project & FilmDone> {
  const projectId = project.id;
  const scenes = await db.scene.findMany({
    where: { projectId },
    orderBy: { sceneIndex: 'asc' },
    include: { keyframes: { where: CURRENT_FRAMES } },
  });
  const clips = await db.videoClip.findMany({ where: { scene: { projectId }, ...CURRENT_CLIPS } });
  const clipsOf = ({ id }: { id: string }) => clips.filter(({ sceneId }) => sceneId === id);
  return { ...project, scenes: scenes.map((scene) => ({ ...scene, clips: clipsOf(scene) })) };
}

async function estimate(
  { db, actor }: Ctx,
  film: FilmDone,
  stopAfter: RunStage | null,
  spent: Partial<Record<PaidCall, Spent>>,
): Promise<FilmEstimate> {
  const provider: ProviderAdapter = getProvider(film.provider);
  const now = new Date();
  const work = workOf(film, stopAfter, provider);
  const cost = estimateCost(work, spent, now);
  const measured = stopAfter === null ? await measuredSecondsPerScene(db, actor, film.provider) : null;
  return {
    ...cost,
    provider: film.provider,
    sceneCount: sceneCountOf(film),
    expectedTime: expectedTime(work, openScenesOf(film).likely, provider.clips.kind, measured),
    warnings: warningsOf(film, work, cost),
  };
}
