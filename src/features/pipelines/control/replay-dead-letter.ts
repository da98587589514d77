import { DomainError } from '../../../core/errors.ts';
import { scopesOf } from '../../../core/scopes.ts';
import type { PipelineRun } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { recordAudit } from '../../audit/log/audit.ts';
import { flows } from '../flows.ts';
import { refuseComplete } from '../confirm/launch-refusals.ts';
import { projectIdOf } from '../../projects/project-runs.ts';
import { redo } from './redo.ts';
import { visibleLetters } from '../../runs/dead-letter.ts';

/**
 * Puts a step that was given up back to work: in its project's live run, or in a new one.
 *
 * @throws {DomainError} `NOT_FOUND`; `ALREADY_REPLAYED`; `ALREADY_COMPLETE` if the film was finished otherwise;
 * `RUN_IN_PROGRESS` if a live run makes no clips; `INSUFFICIENT_DISK`.
 */
export async function replayDeadLetter(
  ctx: Ctx,
  { deadLetterId }: { deadLetterId: string },
): Promise<PipelineRun> {
  const letter = await ctx.db.deadLetter.findFirst({
    where: { id: deadLetterId, ...visibleLetters(ctx.actor) },
    include: { run: true },
  });
  if (!letter) throw new DomainError('NOT_FOUND', 'No such dead letter.', { path: ['deadLetterId'] });
  const projectId = projectIdOf(letter.run);
  return redo(ctx, projectId, async (tx, { project, live }) => {
    const taken = await tx.deadLetter.updateMany({
      where: { id: deadLetterId, replayedAt: null },
      data: { replayedAt: new Date() },
    });
    if (taken.count === 0) {
      const message = 'It was put back to work before.';
      throw new DomainError('ALREADY_REPLAYED', message, { path: ['deadLetterId'] });
    }
    if (!live) refuseComplete(project);
    await recordAudit(tx, ctx.actor, {
      subject: { type: 'DeadLetter', id: deadLetterId },
      scopes: scopesOf({ Project: projectId, PipelineRun: live?.id }),
      eventType: 'STATE_CHANGE',
      message: `Step ${letter.step} is put back to work.`,
      details: { step: letter.step, key: letter.key },
    });
    if (live) await flows.pipelines[live.kind].replay(tx, ctx, live, letter);
  });
}
