/** Runs: launching and reading them. Knows nothing of what they work on. */
import { DomainError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { upTo } from '../../core/stages/stages.ts';
import {
  type PipelineRun,
  Prisma,
  type RunKind,
  type RunPriority,
  type RunStage,
} from '../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { recordAudit } from '../audit/log/audit.ts';
import { setCap } from '../budget/cap.ts';
import { advance } from './engine/advance.ts';
import type { Flows } from './engine/pipeline.ts';
import { runStates } from './run-states.ts';
import { columnOf, ofSubject, runScope, type RunSubject, scopesOfRun } from './run-subject.ts';
import { LIVE_STATUSES } from './run-state.ts';
import { ownedThrough } from '../../platform/database/owned.ts';

/** The runs `actor` may see. */
export const visibleRuns = ownedThrough('PipelineRun');

export type NewRun = {
  kind: RunKind;
  subject: RunSubject;
  /** What it will likely cost. */
  estimatedCostMicroUsd: bigint;
  priority: RunPriority;
  stopAfter: RunStage | null;
  /** As the flow's own schema takes them. */
  options: Prisma.InputJsonObject;
  /** Cents; null without a cap. */
  maxCostCents: number | null;
  idempotencyKey: string | null;
  requestDigest: string | null;
  /** What it counts for besides itself and its subject, narrowest first; nothing unless given. */
  scopes?: string[];
  /** Columns that only some flows have. */
  columns?: Pick<
    Prisma.PipelineRunUncheckedCreateInput,
    'identifier' | 'generationConfigId' | 'momentsScope'
  >;
};

/**
 * Creates a queued run and its first jobs; they commit with `tx`. Spends nothing itself. The caller holds the
 * subject's lock, so that of two launches at once the second sees the first's run and is refused by name.
 *
 * @throws {DomainError} `RUN_IN_PROGRESS` if the subject has a live run: wait for its end or cancel it;
 * `INVALID_INPUT` naming `stopAfter`, if its flow has no such stage.
 */
export async function createRun(
  tx: Tx,
  ctx: Ctx,
  flows: Flows,
  { subject, options, maxCostCents, columns = {}, ...input }: NewRun,
): Promise<PipelineRun> {
  const pipeline = flows.pipelines[input.kind];
  // Refuses one that the flow does not have.
  upTo(pipeline.stages, input.stopAfter);
  await refuseSecond(tx, subject);
  const named = ofSubject(subject);
  const attempt = 1 + (await tx.pipelineRun.count({ where: named }));
  const own = { id: newId(), workspaceId: ctx.actor.workspaceId, attempt };
  const run = await tx.pipelineRun.create({
    data: { ...input, ...columns, ...named, options: pipeline.options.parse(options), ...own },
  });
  if (maxCostCents !== null) await setCap(tx, run.workspaceId, runScope(run.id), maxCostCents);
  const message = `Launched (${input.kind.toLowerCase()}, attempt ${attempt}).`;
  await runStates.record(tx, ctx.actor, run, null, { message });
  await pipeline.pickUp(tx, ctx, run);
  await advance(tx, ctx, flows, run);
  return tx.pipelineRun.findUniqueOrThrow({ where: { id: run.id } });
}

/**
 * Refuses a subject that has a live run. The caller holds the subject.
 *
 * @param path of the input that names it; its own id's unless given.
 * @throws {DomainError} `RUN_IN_PROGRESS`
 */
export async function refuseSecond(
  tx: Tx,
  subject: RunSubject,
  path: string[] = [columnOf(subject)],
): Promise<void> {
  const where = { ...ofSubject(subject), status: { in: [...LIVE_STATUSES] } };
  if (!(await tx.pipelineRun.findFirst({ where }))) return;
  const message = `The ${subject.type.toLowerCase()} has a live run; wait for its end or cancel it.`;
  throw new DomainError('RUN_IN_PROGRESS', message, { path });
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
    scopes: scopesOfRun(run),
    eventType: 'ERROR',
    level: 'WARNING',
    version: run.version,
    message,
    details,
  });
}
