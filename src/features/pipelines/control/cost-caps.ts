/** Setting caps. One that is raised or lifted lets the runs go on that it held. */
import { DomainError, refuseIssues } from '../../../core/errors.ts';
import { scopesOf } from '../../../core/scopes.ts';
import type { PipelineRun, Project, Workspace } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { recordAudit } from '../../audit/log/audit.ts';
import { daysScope, workspaceScope } from '../../budget/balance.ts';
import { type Cap, capIssues, capText, setCap } from '../../budget/cap.ts';
import { capRun } from '../../runs/engine/cap-run.ts';
import { lockRunOf } from '../../runs/control.ts';
import { isEnded } from '../../runs/run-state.ts';
import { lockProject } from '../../projects/project.ts';
import { projectScope } from '../../projects/project-runs.ts';
import { continueHeld } from './continue-held.ts';

/**
 * Sets the most that a live run may cost.
 *
 * @throws {DomainError} `NOT_FOUND`; `RUN_ENDED`; `INVALID_INPUT` naming `maxCostCents`.
 */
export async function setRunCostCap(
  ctx: Ctx,
  { runId, maxCostCents }: { runId: string; maxCostCents: Cap },
): Promise<PipelineRun> {
  refuseIssues(capIssues('maxCostCents', maxCostCents));
  await ctx.db.$transaction(async (tx) => {
    const run = await lockRunOf(tx, ctx.actor, runId);
    if (isEnded(run.status))
      throw new DomainError('RUN_ENDED', `The run has ended (${run.status}).`, { path: ['runId'] });
    await capRun(tx, ctx.actor, run, maxCostCents);
  });
  await continueHeld(ctx, { id: runId });
  return ctx.db.pipelineRun.findUniqueOrThrow({ where: { id: runId } });
}

/**
 * Sets the most that all runs of a project together may cost.
 *
 * @throws {DomainError} `NOT_FOUND`; `INVALID_INPUT` naming `maxCostCents`.
 */
export async function setProjectCostCap(
  ctx: Ctx,
  { projectId, maxCostCents }: { projectId: string; maxCostCents: Cap },
): Promise<Project> {
  refuseIssues(capIssues('maxCostCents', maxCostCents));
  await ctx.db.$transaction(async (tx) => {
    // The cap before its project: a run that it holds has locked the cap, and then moves the project.
    await setCap(tx, ctx.actor.workspaceId, projectScope(projectId), maxCostCents);
    await lockProject(tx, ctx.actor, projectId);
    const data = { version: { increment: 1 } };
    const { version } = await tx.project.update({ where: { id: projectId }, data });
    await recordAudit(tx, ctx.actor, {
      subject: { type: 'Project', id: projectId },
      scopes: scopesOf({ Project: projectId }),
      eventType: 'STATE_CHANGE',
      version,
      message: capText('project', maxCostCents),
      details: { maxCostCents },
    });
  });
  await continueHeld(ctx, { projectId });
  return ctx.db.project.findUniqueOrThrow({ where: { id: projectId } });
}

/** What is left out stays as it is. */
export type WorkspaceCaps = { maxCostCents?: Cap | undefined; maxDailyCostCents?: Cap | undefined };

/**
 * Sets the most that everything in the actor's workspace may cost, ever and on one day (UTC).
 *
 * @throws {InvalidInputError} naming each cap that is none.
 */
export async function setWorkspaceCostCaps(ctx: Ctx, caps: WorkspaceCaps): Promise<Workspace> {
  const { maxCostCents, maxDailyCostCents } = caps;
  refuseIssues([
    ...capIssues('maxCostCents', maxCostCents ?? null),
    ...capIssues('maxDailyCostCents', maxDailyCostCents ?? null),
  ]);
  const { workspaceId: id } = ctx.actor;
  const data = {
    ...(maxCostCents !== undefined && { maxCostCents }),
    ...(maxDailyCostCents !== undefined && { maxDailyCostCents }),
  };
  await ctx.db.$transaction(async (tx) => {
    if (maxDailyCostCents !== undefined) await setCap(tx, id, daysScope(id), maxDailyCostCents);
    if (maxCostCents !== undefined) await setCap(tx, id, workspaceScope(id), maxCostCents);
    await recordAudit(tx, ctx.actor, {
      subject: { type: 'Workspace', id },
      eventType: 'STATE_CHANGE',
      message: 'The caps of the workspace were set.',
      details: data,
    });
  });
  await continueHeld(ctx, {});
  return ctx.db.workspace.findUniqueOrThrow({ where: { id } });
}
