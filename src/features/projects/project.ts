/** Projects: making, finding and deleting them. */
import { DomainError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { scopesOf } from '../../core/scopes.ts';
import type { Project } from '../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { readNamedFiles } from '../assets/named-files.sql.ts';
import { removeUnnamed } from '../assets/remove-files.ts';
import { recordAudit } from '../audit/log/audit.ts';
import { type Cap, capIssues, setCap } from '../budget/cap.ts';
import { readOpenCalls } from '../budget/ledger.sql.ts';
import { book } from '../budget/reservation.ts';
import { makeOnce } from '../idempotency/make-once.ts';
import { LIVE_STATUSES } from '../runs/run-state.ts';
import { projectScope } from './project-runs.ts';
import { checkProjectInput, type CheckedProject, type ProjectInput } from './project-input.ts';
import { lockProjectRow } from './project.sql.ts';
import { titleOf } from './title.ts';
import { ownedThrough } from '../../platform/database/owned.ts';

/** The projects `actor` may see. */
export const visibleProjects = ownedThrough('Project');

export type NewProject = ProjectInput & {
  /** Most that all its runs together may cost, in cents; no cap unless given. */
  maxCostCents?: number | null | undefined;
  /** Asked again with it, the same project is the answer. */
  idempotencyKey?: string | null | undefined;
};

/**
 * Creates a project without launching anything. Spends nothing.
 *
 * @throws {InvalidInputError} with every issue found.
 * @throws {DomainError} as `makeOnce`.
 */
export async function createProject(
  ctx: Ctx,
  { maxCostCents = null, idempotencyKey = null, ...input }: NewProject,
): Promise<Project> {
  const checked = checkProjectInput(input, capIssues('maxCostCents', maxCostCents));
  const asked = { createProject: true, ...checked, maxCostCents };
  return makeOnce(
    ctx,
    { asked, key: idempotencyKey },
    {
      make: (tx) => insertProject(tx, ctx.actor, checked, maxCostCents),
      find: (tx, id) => tx.project.findUnique({ where: { id } }),
    },
  );
}

/** Writes a checked project within `tx`. */
export async function insertProject(
  tx: Tx,
  actor: Actor,
  input: CheckedProject,
  maxCostCents: Cap = null,
): Promise<Project> {
  const project = await tx.project.create({
    data: {
      ...input,
      id: newId(),
      workspaceId: actor.workspaceId,
      title: input.title ?? titleOf(input.prompt),
      targetDuration: input.targetDuration ?? null,
      seed: input.seed ?? null,
      negativePrompt: input.negativePrompt ?? null,
    },
  });
  if (maxCostCents !== null) await setCap(tx, project.workspaceId, projectScope(project.id), maxCostCents);
  await recordAudit(tx, actor, {
    subject: { type: 'Project', id: project.id },
    scopes: scopesOf({ Project: project.id }),
    eventType: 'STATE_CHANGE',
    version: project.version,
    message: `Project "${project.title}" was created.`,
    details: { from: null, to: project.status },
  });
  return project;
}

/**
 * Finds a project of the actor's and locks it until `tx` ends.
 *
 * @throws {DomainError} `NOT_FOUND` if it is absent or not the actor's.
 */
export async function lockProject(tx: Tx, actor: Actor, projectId: string): Promise<Project> {
  await lockProjectRow(tx, projectId);
  const project = await tx.project.findFirst({ where: { id: projectId, ...visibleProjects(actor) } });
  if (!project) throw new DomainError('NOT_FOUND', 'No such project.', { path: ['projectId'] });
  return project;
}

export type DeleteProject = {
  projectId: string;
  /** Also deletes the films stitched from it; otherwise they stay in the library. */
  deleteFilms: boolean;
};

/**
 * Deletes a project with its scenes, keyframes, clips, runs and their files; its audit entries stay.
 *
 * Files go after the commit, those that no other row names: a crash in between leaves files without rows, which upkeep
 * removes, never rows without files. What the ledger says stays.
 *
 * @returns the id of what is gone.
 * @throws {DomainError} `NOT_FOUND` if it is absent or not the actor's; `RUN_IN_PROGRESS` if it has a live run
 * (cancel it first).
 */
export async function deleteProject(ctx: Ctx, { projectId, deleteFilms }: DeleteProject): Promise<string> {
  const keys = await ctx.db.$transaction(async (tx) => {
    const project = await lockProject(tx, ctx.actor, projectId);
    const live = await tx.pipelineRun.findFirst({ where: { projectId, status: { in: [...LIVE_STATUSES] } } });
    if (live) {
      throw new DomainError('RUN_IN_PROGRESS', 'The project has a live run; cancel it first.', {
        path: ['projectId'],
      });
    }
    // Films that stay in the library go on naming theirs.
    const named = await readNamedFiles(tx, projectId);
    const films = deleteFilms ? await tx.video.findMany({ where: { projectId } }) : [];
    await tx.video.deleteMany({ where: { id: { in: films.map(({ id }) => id) } } });
    await tx.project.delete({ where: { id: projectId } });
    // Nobody asks about them again: what is set aside for them waits for a person's word.
    for (const { operationKey } of await readOpenCalls(tx, { scope: projectScope(projectId) }))
      await book(tx, ctx.actor, operationKey, 'UNKNOWN');
    await recordAudit(tx, ctx.actor, {
      subject: { type: 'Project', id: projectId },
      scopes: scopesOf({ Project: projectId }),
      eventType: 'STATE_CHANGE',
      message: `Project "${project.title}" was deleted.`,
      details: { from: project.status, to: null, deletedFilms: films.length },
    });
    return named.map(({ key }) => key);
  });
  await removeUnnamed(ctx, keys);
  return projectId;
}
