/** Runs: launching, ending and reading them. Knows no video. */
import { DomainError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { type PipelineRun, Prisma, type RunKind, type RunStage } from '../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { recordAudit } from '../audit/audit.ts';
import { advance } from './advance.ts';
import type { Flows } from './pipeline.ts';
import { recordRun } from './record-run.ts';
import { isEnded, LIVE_STATUSES, lockRun, moveRun } from './run-state.ts';

/** The runs `actor` may see; spread into every `where` on PipelineRun. */
export const visibleRuns = (actor: Actor) =>
  ({ workspaceId: actor.workspaceId }) satisfies Prisma.PipelineRunWhereInput;

export type NewRun = {
  kind: RunKind;
  projectId: string;
  stopAfter: RunStage | null;
  crossfadeSeconds: number;
  idempotencyKey: string | null;
  requestDigest: string | null;
};

/**
 * Creates a queued run and its first jobs; they commit with `tx`. Spends nothing itself. The caller holds the
 * project's lock, so that of two launches at once the second sees the first's run and is refused by name.
 *
 * @param prepare readies the rows before the first plan looks at them.
 * @throws {DomainError} `RUN_IN_PROGRESS` if the project has a live run: wait for its end or cancel it.
 */
export async function createRun(
  tx: Tx,
  ctx: Ctx,
  flows: Flows,
  input: NewRun,
  prepare: (run: PipelineRun) => Promise<void> = async () => {},
): Promise<PipelineRun> {
  await refuseSecond(tx, input.projectId);
  const attempt = 1 + (await tx.pipelineRun.count({ where: { projectId: input.projectId } }));
  const run = await tx.pipelineRun.create({
    data: { ...input, id: newId(), workspaceId: ctx.actor.workspaceId, attempt },
  });
  await recordRun(tx, ctx.actor, run, null, `Launched (${input.kind.toLowerCase()}, attempt ${attempt}).`);
  await prepare(run);
  await advance(tx, ctx, flows, run);
  return tx.pipelineRun.findUniqueOrThrow({ where: { id: run.id } });
}

async function refuseSecond(tx: Tx, projectId: string): Promise<void> {
  const live = await tx.pipelineRun.findFirst({ where: { projectId, status: { in: [...LIVE_STATUSES] } } });
  if (!live) return;
  throw new DomainError('RUN_IN_PROGRESS', 'The project has a live run; wait for its end or cancel it.', {
    path: ['projectId'],
  });
}

/**
 * Ends a live run: queued work never starts, work in progress is stopped, what is finished stays.
 *
 * One transaction. The workers that are on it see its event and abort at once. Cancelling an ended
 * run changes nothing and returns it as it is.
 *
 * @throws {DomainError} `NOT_FOUND` if the run is absent or not the actor's.
 */
export async function cancel(ctx: Ctx, flows: Flows, { runId }: { runId: string }): Promise<PipelineRun> {
  return ctx.db.$transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    if (!run || run.workspaceId !== ctx.actor.workspaceId)
      throw new DomainError('NOT_FOUND', 'No such run.', { path: ['runId'] });
    if (isEnded(run.status)) return run;
    const completedAt = new Date();
    const startedAt = run.startedAt ?? completedAt;
    const ended = await moveRun(tx, run.id, 'CANCELLED', {
      completedAt,
      totalDurationSeconds: (completedAt.getTime() - startedAt.getTime()) / 1_000,
    });
    const names = flows.steps.map(({ name }) => name);
    await ctx.queue.cancel(tx, names, { runId: run.id });
    await recordRun(tx, ctx.actor, ended, run.status, 'Cancelled.');
    const pipeline = flows.pipelines[run.kind];
    await pipeline.release(tx, ctx, ended);
    await pipeline.reflect(tx, ctx, ended);
    return ended;
  });
}

/** Records what a person should know of a run although nothing moved. */
export async function warn(tx: Tx, actor: Actor, run: PipelineRun, message: string): Promise<void> {
  await recordAudit(tx, actor, {
    subject: { type: 'PipelineRun', id: run.id },
    projectId: run.projectId,
    runId: run.id,
    eventType: 'ERROR',
    level: 'WARNING',
    version: run.version,
    message,
  });
}
