/** Stages of a run that had nothing to do, or gave up what nothing else needs. */
import { z } from 'zod';
import { RunStage } from '../../generated/prisma/enums.ts';
import type { PipelineRun } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { warn } from './run.ts';

const skippedStages = z.array(z.object({ stage: z.enum(RunStage), reason: z.string() }));

export type SkippedStage = z.infer<typeof skippedStages>[number];

/** The stages that a run skipped, in their order, with the reasons. */
export const skippedBy = (run: Pick<PipelineRun, 'skippedStages'>): SkippedStage[] =>
  skippedStages.parse(run.skippedStages);

/** Has a run skip a stage, once, and tells why; the caller holds the run. */
export async function skipStage(
  tx: Tx,
  actor: Actor,
  run: PipelineRun,
  { stage, reason }: SkippedStage,
): Promise<void> {
  const { skippedStages: stored } = await tx.pipelineRun.findUniqueOrThrow({ where: { id: run.id } });
  const before = skippedStages.parse(stored);
  if (before.some((skipped) => skipped.stage === stage)) return;
  await tx.pipelineRun.update({
    where: { id: run.id },
    data: { skippedStages: [...before, { stage, reason }] },
  });
  await warn(tx, actor, run, reason, { skipped: stage });
}
