/** Runs: launching and reading them. Knows no video. */
import { DomainError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import {
  type PipelineRun,
  Prisma,
  type RunKind,
  type RunPriority,
  type RunStage,
} from '../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { recordAudit } from '../audit/audit.ts';
import { advance } from './advance.ts';
import type { Flows } from './pipeline.ts';
import { recordRun } from './record-run.ts';
import { LIVE_STATUSES } from './run-state.ts';

/** The runs `actor` may see; spread into every `where` on PipelineRun. */
export const visibleRuns = (actor: Actor) =>
  ({ workspaceId: actor.workspaceId }) satisfies Prisma.PipelineRunWhereInput;

export type NewRun = {
  kind: RunKind;
  projectId: string;
  /** What it will likely cost. */
  estimatedCostMicroUsd: bigint;
  priority: RunPriority;
  stopAfter: RunStage | null;
  crossfadeSeconds: number;
  /** Cents; null without a cap. */
  maxCostCents: number | null;
  idempotencyKey: string | null;
  requestDigest: string | null;
};

/**
 * Creates a queued run and its first jobs; they commit with `tx`. Spends nothing itself. The caller holds the
 * project's lock, so that of two launches at once the second sees the first's run and is refused by name.
 *
 * @throws {DomainError} `RUN_IN_PROGRESS` if the project has a live run: wait for its end or cancel it.
 */
export async function createRun(tx: Tx, ctx: Ctx, flows: Flows, input: NewRun): Promise<PipelineRun> {
  await refuseSecond(tx, input.projectId);
  const attempt = 1 + (await tx.pipelineRun.count({ where: { projectId: input.projectId } }));
  const run = await tx.pipelineRun.create({
    data: { ...input, id: newId(), workspaceId: ctx.actor.workspaceId, attempt },
  });
  await recordRun(tx, ctx.actor, run, null, `Launched (${input.kind.toLowerCase()}, attempt ${attempt}).`);
  await flows.pipelines[run.kind].pickUp(tx, ctx, run);
  await advance(tx, ctx, flows, run);
  return tx.pipelineRun.findUniqueOrThrow({ where: { id: run.id } });
}

/**
 * Refuses a project that has a live run. The caller holds the project.
 *
 * @throws {DomainError} `RUN_IN_PROGRESS`
 */
export async function refuseSecond(tx: Tx, projectId: string): Promise<void> {
  const live = await tx.pipelineRun.findFirst({ where: { projectId, status: { in: [...LIVE_STATUSES] } } });
  if (!live) return;
  throw new DomainError('RUN_IN_PROGRESS', 'The project has a live run; wait for its end or cancel it.', {
    path: ['projectId'],
  });
}

/** Records what a person should know of a run although nothing moved. */
export async function warn(
  tx: Tx,
  actor: Actor,
  run: PipelineRun,
  message: string,
  details: Record<string, unknown> = {},
): Promise<void> {
  await recordAudit(tx, actor, {
    subject: { type: 'PipelineRun', id: run.id },
    projectId: run.projectId,
    runId: run.id,
    eventType: 'ERROR',
    level: 'WARNING',
    version: run.version,
    message,
    details,
  });
}
