/** Steps that wait for their provider: what the rows and those who follow a run are told of it. */
import type { PipelineRun } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { WhyPostponed } from './postponed.ts';
import { runStates } from '../run-states.ts';

/** Waits that end within it for the same reason are told once: fifteen clips run into one limit. Milliseconds. */
const TOLD_TOGETHER_MS = 10_000;

export type NewWait = WhyPostponed & { step: string; key: string; until: Date };

/** Records within `tx` that a step waits, why, and until when; one that waits already goes on waiting. */
export async function recordWait(
  tx: Tx,
  { actor }: Pick<Ctx, 'actor'>,
  run: PipelineRun,
  { step, key, code, reason, until }: NewWait,
): Promise<void> {
  const isTold = await tx.stepWait.findFirst({
    where: {
      runId: run.id,
      key: { not: key },
      reason,
      until: { gte: new Date(until.getTime() - TOLD_TOGETHER_MS) },
    },
  });
  const wait = { step, code, reason, until };
  await tx.stepWait.upsert({
    where: { runId_key: { runId: run.id, key } },
    update: wait,
    create: { ...wait, runId: run.id, key, since: new Date() },
  });
  if (isTold) return;
  const message = `Waiting until ${until.toJSON()}, then it goes on by itself: ${reason}`;
  await runStates.record(tx, actor, run, run.status, { message, waitsUntil: until.toJSON() });
}

/** Forgets the wait of a step that waits no more, within `tx`. */
export async function endWait(
  tx: Tx,
  { runId, key, isHeld }: { runId: string; key: string; isHeld?: boolean | undefined },
): Promise<void> {
  if (isHeld) await tx.stepWait.deleteMany({ where: { runId, key } });
}

/** Forgets all waits of a run that was stopped. */
export const endWaits = (tx: Tx, { id: runId }: Pick<PipelineRun, 'id'>) =>
  tx.stepWait.deleteMany({ where: { runId } });
