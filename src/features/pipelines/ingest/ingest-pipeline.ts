/** The flow of a film from outside: into the library, then what players need of it. */
import { z } from 'zod';
import { INGEST_STAGES } from '../../../core/stages/flow-stages.ts';
import type { Pipeline } from '../../runs/engine/pipeline.ts';
import { subjectOf } from '../../runs/run-subject.ts';
import { planIngestRun } from './ingest-plan.ts';

export const ingestPipeline: Pipeline = {
  kind: 'INGEST',
  stages: INGEST_STAGES,
  options: z.object({}),
  async plan(tx, run) {
    const where = { id: subjectOf(run).id };
    return planIngestRun(await tx.ingest.findUniqueOrThrow({ where, include: { video: true } }), run);
  },
  // What it works on has no status of its own, and none of its steps marks a row.
  async reflect() {},
  async release() {},
  async pickUp() {},
  async replay() {},
};
