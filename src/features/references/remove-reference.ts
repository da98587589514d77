import { DomainError } from '../../core/errors.ts';
import type { Ctx } from '../../platform/context.ts';
import { removeUnnamed } from '../assets/remove-files.ts';
import { refuseSecond } from '../runs/run.ts';
import { lockProject } from '../projects/project.ts';
import { recordReferences } from './record-references.ts';
import { visibleReferences } from './reference-image.ts';
import { projectSubject } from '../projects/project-runs.ts';

/**
 * Removes a picture from its project, then its file; what was made with it stays.
 *
 * @returns the id of what is gone.
 * @throws {DomainError} `NOT_FOUND`; `RUN_IN_PROGRESS`: a run is made with what it began with, wait for its end.
 */
export async function removeReferenceImage(ctx: Ctx, id: string): Promise<string> {
  const { projectId, name, filePath } = await requireReference(ctx, id);
  await ctx.db.$transaction(async (tx) => {
    await lockProject(tx, ctx.actor, projectId);
    await refuseSecond(tx, projectSubject(projectId));
    const { count } = await tx.referenceImage.deleteMany({ where: { id } });
    if (count === 0) throw notFound();
    await recordReferences(tx, ctx.actor, { projectId, name }, 'removed');
  });
  await removeUnnamed(ctx, [filePath]);
  return id;
}

async function requireReference({ db, actor }: Ctx, id: string) {
  const found = await db.referenceImage.findFirst({ where: { id, ...visibleReferences(actor) } });
  if (!found) throw notFound();
  return found;
}

const notFound = () =>
  new DomainError('NOT_FOUND', 'No such reference image.', { path: ['referenceImageId'] });
