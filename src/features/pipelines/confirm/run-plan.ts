/** Plans: what a run would do and cost, to be looked at and then confirmed. */
import { DomainError } from '../../../core/errors.ts';
import { newId } from '../../../core/ids.ts';
import type { Project, RunPlan, RunStage } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { daysScope, workspaceScope } from '../../budget/balance.ts';
import { readCap } from '../../budget/cap.ts';
import { readSpent } from '../../budget/spent.sql.ts';
import { digestOf } from '../../idempotency/idempotency-key.ts';
import { makeOnce } from '../../idempotency/make-once.ts';
import { refuseSecond } from '../../runs/run.ts';
import { requireFilmProvider } from '../../projects/film-provider.ts';
import { lockProject } from '../../projects/project.ts';
import { projectScope, projectSubject } from '../../projects/project-runs.ts';
import { estimateWithin, type FilmEstimate } from './film-estimate.ts';
import { refuseComplete, refuseReferences } from './launch-refusals.ts';
import { changedSince, factsOf, type PlanFacts } from './plan-facts.ts';
import { readFilm } from '../film/read-film.ts';
import { ownedThrough } from '../../../platform/database/owned.ts';

/** Minutes a plan holds; ours: time to read it and to ask somebody. */
const HOLDS_MINUTES = 60;

/** The plans `actor` may see. */
export const visiblePlans = ownedThrough('RunPlan');

/** What to plan. */
export type PlanRequest = {
  projectId: string;
  /** Null for all stages. */
  stopAfter: RunStage | null;
  /** Asked again with it, the same plan is the answer. */
  idempotencyKey?: string | null;
};

/** A plan, and what its run would cost now. */
export type PricedPlan = { plan: RunPlan; estimate: FilmEstimate };

/**
 * Writes down what a run would find and estimates what it would cost. Launches and costs nothing; expired plans of the
 * project are removed.
 *
 * @throws {DomainError} as `launchRun` would: `NOT_FOUND`; `RUN_IN_PROGRESS`; `ALREADY_COMPLETE`;
 * `PROVIDER_NOT_CONFIGURED`; `INVALID_INPUT` if its clips cannot be filmed from its reference images; as `makeOnce`.
 */
export async function planRun(
  ctx: Pick<Ctx, 'db' | 'actor'>,
  { projectId, stopAfter, idempotencyKey = null }: PlanRequest,
): Promise<PricedPlan> {
  const { actor } = ctx;
  const asked = { planRun: projectId, stopAfter };
  return makeOnce(
    ctx,
    { asked, key: idempotencyKey },
    {
      make: async (tx) => {
        const project = await lockProject(tx, actor, projectId);
        refuseComplete(project);
        await refuseSecond(tx, projectSubject(projectId));
        await refuseReferences(tx, project);
        const estimate = await estimateWithin(tx, actor, project, stopAfter);
        const plan = await writePlan(tx, project, stopAfter);
        return { id: plan.id, plan, estimate };
      },
      find: async (tx, id) => {
        const found = await tx.runPlan.findUnique({ where: { id }, include: { project: true } });
        if (!found) return null;
        const { project, ...plan } = found;
        return { id, plan, estimate: await estimateWithin(tx, actor, project, stopAfter) };
      },
    },
  );
}

async function writePlan(tx: Tx, project: Project, stopAfter: RunStage | null): Promise<RunPlan> {
  const { id: projectId, workspaceId } = project;
  const facts = await lookAt(tx, project, stopAfter);
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + HOLDS_MINUTES * 60_000);
  await tx.runPlan.deleteMany({ where: { projectId, expiresAt: { lt: createdAt } } });
  return tx.runPlan.create({
    data: {
      id: newId(),
      workspaceId,
      projectId,
      stopAfter,
      digest: digestOf(facts),
      facts,
      createdAt,
      expiresAt,
    },
  });
}

/** A plan as a person agreed to it. */
export type Confirmation = { planId: string; digest: string };

/**
 * Refuses a launch that is not the one which was planned, or finds other things than the plan did. The caller holds
 * the project.
 *
 * @throws {DomainError} `PLAN_STALE`, naming what changed: plan again.
 */
export async function checkPlan(
  tx: Tx,
  { actor }: Ctx,
  project: Project,
  stopAfter: RunStage | null,
  { planId, digest }: Confirmation,
): Promise<void> {
  const plan = await tx.runPlan.findFirst({
    where: { id: planId, projectId: project.id, ...visiblePlans(actor) },
  });
  if (!plan) throw stale('There is no such plan of this project, or it expired long ago.');
  if (plan.expiresAt < new Date()) throw stale(`It held until ${plan.expiresAt.toISOString()}.`);
  if (plan.digest !== digest) throw stale('The digest is not the plan’s.');
  const changed = changedSince(plan.facts as PlanFacts, await lookAt(tx, project, stopAfter));
  if (changed.length > 0) throw stale(`Changed since: ${changed.join(', ')}.`);
}

const stale = (why: string) =>
  new DomainError('PLAN_STALE', `The plan no longer holds. ${why} Plan the run again.`, { path: ['plan'] });

async function lookAt(tx: Tx, project: Project, stopAfter: RunStage | null): Promise<PlanFacts> {
  const { id: projectId, workspaceId } = project;
  const lastRun = await tx.pipelineRun.findFirst({
    where: { projectId },
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  const scope = projectScope(projectId);
  return factsOf(await readFilm(tx, project), requireFilmProvider(project.provider), {
    stopAfter,
    lastRunId: lastRun?.id ?? null,
    caps: [
      await readCap(tx, scope),
      await readCap(tx, workspaceScope(workspaceId)),
      await readCap(tx, daysScope(workspaceId)),
    ],
    spent: await readSpent(tx, scope),
  });
}
