/** A flow that hears a video, as far as its rows say; in queues that every worker has. */
import { z } from 'zod';
import { buyTranscriptStep } from '../../src/features/transcripts/hear/buy-transcript.jobs.ts';
import { hearingOf, pickUpChunks } from '../../src/features/transcripts/hear/chunk-rows.ts';
import { isHeld } from '../../src/features/runs/engine/hold.ts';
import type { Flows, Pipeline } from '../../src/features/runs/engine/pipeline.ts';
import { RunKind } from '../../src/generated/prisma/client.ts';
import { subjectOf } from '../../src/features/runs/run-subject.ts';

export const hearingStep = { ...buyTranscriptStep, name: 'keyframe' };

const hearing: Pipeline = {
  kind: 'FILM',
  stages: [{ name: 'KEYFRAMES', weight: 1, words: 'hearing', buys: ['TRANSCRIPT'] }],
  options: z.object({}),
  async plan(tx, run) {
    if (isHeld(run)) return { kind: 'PAUSE' };
    const told = await hearingOf(tx, subjectOf(run).id);
    if (told.state === 'FAILED') {
      const error = { stage: 'KEYFRAMES' as const, ...told.problem };
      return { kind: 'END', status: 'FAILED', message: told.problem.message, error };
    }
    if (told.state !== 'OPEN') return { kind: 'END', status: 'COMPLETED', message: told.state };
    const steps = told.chunkIds.map((chunkId) => ({
      ...buyTranscriptStep.call({ chunkId }),
      step: hearingStep.name,
    }));
    return { kind: 'GO', stage: 'KEYFRAMES', done: {}, message: 'Hearing.', steps };
  },
  async reflect() {},
  async release() {},
  pickUp: (tx, _ctx, run) => pickUpChunks(tx, subjectOf(run).id),
  async replay() {},
};

/** Whatever kind a run has. */
const pipelines = Object.fromEntries(Object.values(RunKind).map((kind) => [kind, hearing]));

export const hearingFlows: Flows = { pipelines: pipelines as Flows['pipelines'], steps: [hearingStep] };
