/** A flow that the product does not have, on a video: looks at it, which costs, then gives it a title. */
import { z } from 'zod';
import { isFree, type Purchase } from '../../src/features/budget/reservation.ts';
import { reserve } from '../../src/features/runs/engine/reserve.ts';
import { spend } from '../../src/features/budget/spend.ts';
import { isHeld } from '../../src/features/runs/engine/hold.ts';
import type { Flows, Pipeline } from '../../src/features/runs/engine/pipeline.ts';
import { defineStep } from '../../src/features/runs/engine/step.ts';
import { settleCall } from '../../src/features/runs/engine/settle-call.ts';
import { subjectOf } from '../../src/features/runs/run-subject.ts';
import type { Receipt } from '../../src/providers/price.ts';
import { intentOf } from './paid-project.ts';

/** What a look costs, in micro-USD. */
export const LOOK_MICRO_USD = 20_000;

const toyOptions = z.object({ title: z.string() });

const nothing = z.record(z.string(), z.never());

const look = defineStep<Record<string, never>, { purchase: Purchase }, Receipt & { purchase: Purchase }>({
  name: 'keyframe',
  input: nothing,
  key: () => 'look',
  retryPolicy: { limit: 1, delaySeconds: 0 },
  buys: {
    call: 'KEYFRAME',
    isFree: ({ purchase }) => isFree(purchase),
    acceptLate: (tx, ctx, run, _prepared, answer) =>
      settleCall(tx, ctx, run, 'KEYFRAME', answer.purchase, answer),
    bill: (tx, ctx, run, _input, answer) => settleCall(tx, ctx, run, 'KEYFRAME', answer.purchase, answer),
  },
  async begin(tx, _ctx, run) {
    return { purchase: await reserve(tx, run, intentOf(subjectOf(run).id, LOOK_MICRO_USD)) };
  },
  async work(ctx, { purchase }, signal) {
    const receipt = { usage: { IMAGE: LOOK_MICRO_USD }, requestId: 'look-1' };
    await spend(ctx, { purchase, signal, limitSeconds: 5 }, (pay) => pay(async () => receipt));
    return { ...receipt, purchase };
  },
  finish: (tx, ctx, run, _input, answer) => settleCall(tx, ctx, run, 'KEYFRAME', answer.purchase, answer),
  async fail() {},
});

const name = defineStep<Record<string, never>, { title: string }, string>({
  name: 'stitch',
  input: nothing,
  key: () => 'name',
  retryPolicy: { limit: 1, delaySeconds: 0 },
  begin: async (_tx, _ctx, run) => toyOptions.parse(run.options),
  work: async (_ctx, { title }) => title,
  async finish(tx, _ctx, run, _input, title) {
    await tx.video.update({ where: { id: subjectOf(run).id }, data: { title } });
  },
  async fail() {},
});

const toy: Pipeline = {
  kind: 'FILM',
  stages: [
    { name: 'KEYFRAMES', weight: 1, words: 'looking', buys: ['KEYFRAME'] },
    { name: 'STITCH', weight: 3, words: 'naming', buys: [] },
  ],
  options: toyOptions,
  async plan(tx, run) {
    if (isHeld(run)) return { kind: 'PAUSE' };
    const isSeen = (await tx.ledgerEntry.count({ where: { runId: run.id, kind: 'SETTLE' } })) > 0;
    if (!isSeen) {
      const steps = [look.call({})];
      return { kind: 'GO', stage: 'KEYFRAMES', done: {}, message: 'Looking.', steps };
    }
    const { title } = await tx.video.findUniqueOrThrow({ where: { id: subjectOf(run).id } });
    if (title === toyOptions.parse(run.options).title)
      return { kind: 'END', status: 'COMPLETED', message: 'It has a title.' };
    const steps = [name.call({})];
    return { kind: 'GO', stage: 'STITCH', done: { KEYFRAMES: 1 }, message: 'Naming.', steps };
  },
  async reflect() {},
  async release() {},
  async pickUp() {},
  async replay() {},
};

export const toyFlows: Flows = {
  pipelines: { FILM: toy, STITCH: toy, MOMENTS: toy, INGEST: toy },
  steps: [look, name],
};
