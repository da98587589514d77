/** A flow that asks a model about the moments of a video, as far as its rows say; in queues that every worker has. */
import { z } from 'zod';
import { buyMomentsStep } from '../../src/features/moments/ask/buy-moments.jobs.ts';
import { askingOf, pickUpQuestions } from '../../src/features/moments/ask/question-rows.ts';
import { isHeld } from '../../src/features/runs/engine/hold.ts';
import type { Flows, Pipeline } from '../../src/features/runs/engine/pipeline.ts';
import { RunKind } from '../../src/generated/prisma/client.ts';

export const askingStep = { ...buyMomentsStep, name: 'keyframe' };

const options = z.object({ configId: z.uuid() });

const asking: Pipeline = {
  kind: 'FILM',
  stages: [{ name: 'KEYFRAMES', weight: 1, words: 'asking', buys: ['MOMENTS'] }],
  options,
  async plan(tx, run) {
    if (isHeld(run)) return { kind: 'PAUSE' };
    const { configId } = options.parse(run.options);
    const told = await askingOf(tx, { runId: run.id, configId });
    if (told.state === 'FAILED') {
      const error = { stage: 'KEYFRAMES' as const, ...told.problem };
      return { kind: 'END', status: 'FAILED', message: told.problem.message, error };
    }
    if (told.state === 'DONE') return { kind: 'END', status: 'COMPLETED', message: told.state };
    if (told.state !== 'OPEN')
      return { kind: 'GO', stage: 'KEYFRAMES', done: {}, message: 'Laid out later.', steps: [] };
    const steps = told.questionIds.map((questionId) => ({
      ...buyMomentsStep.call({ questionId }),
      step: askingStep.name,
    }));
    return { kind: 'GO', stage: 'KEYFRAMES', done: {}, message: 'Asking.', steps };
  },
  async reflect() {},
  async release() {},
  pickUp: (tx, _ctx, run) => pickUpQuestions(tx, run.id),
  async replay() {},
};

/** Whatever kind a run has. */
const pipelines = Object.fromEntries(Object.values(RunKind).map((kind) => [kind, asking]));

export const askingFlows: Flows = { pipelines: pipelines as Flows['pipelines'], steps: [askingStep] };
