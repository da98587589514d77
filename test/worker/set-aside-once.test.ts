/** Money is set aside once for each call, and told once, also where the answer to the COMMIT is lost. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '../../src/core/ids.ts';
import { scopeOf } from '../../src/core/scopes.ts';
import { readOpenCalls } from '../../src/features/budget/ledger.sql.ts';
import { type Purchase } from '../../src/features/budget/reservation.ts';
import { reserve } from '../../src/features/runs/engine/reserve.ts';
import { beginStep } from '../../src/features/runs/engine/begin-step.ts';
import { settleCall } from '../../src/features/runs/engine/settle-call.ts';
import type { AnyStep } from '../../src/features/runs/engine/step.ts';
import { storyboardStep } from '../../src/features/storyboards/storyboard.jobs.ts';
import type { PipelineRun } from '../../src/generated/prisma/client.ts';
import type { Ctx } from '../../src/platform/context.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { changed } from '../support/changed.ts';
import { instantProvider } from '../support/instant-provider.ts';
import { intentOf, seedRun } from '../support/paid-project.ts';
import { useTestPlatform } from '../support/test-platform.ts';
import { useInstantProvider } from '../support/use-instant-provider.ts';
import { projectIdOf, projectScope } from '../../src/features/projects/project-runs.ts';

const platform = useTestPlatform();
const provider = useInstantProvider();
const openOf = (run: PipelineRun) => readOpenCalls(platform.db, { scope: projectScope(projectIdOf(run)) });
const writeStoryboard = async () => ({ answer: 'No film.', usage: { IMAGE: 1 }, requestId: null });

describe('a worker that is not told what became of the COMMIT that set money aside', () => {
  const LOST = new Error('lost');

  /** The platform, whose transaction number `lost` is taken with its COMMIT, or its answer alone. */
  function losing(what: 'COMMIT' | 'ANSWER', { lost = 1, meanwhile = async () => {} } = {}): Ctx {
    let transactions = 0;
    const transact = async (work: (tx: unknown) => Promise<unknown>) => {
      transactions += 1;
      if (transactions !== lost) return platform.db.$transaction(work);
      const all = platform.db.$transaction(async (tx) => {
        await work(tx);
        if (what === 'COMMIT') throw LOST;
      });
      await all.catch((error: unknown) => {
        if (error !== LOST) throw error;
      });
      await meanwhile();
      throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    };
    const db = new Proxy(platform.db, {
      get: (target, name) => (name === '$transaction' ? transact : Reflect.get(target, name)),
    });
    return { ...platform.ctx, db };
  }

  const subject = newId();
  const step: AnyStep = {
    name: 'keyframe',
    input: z.object({}),
    key: () => 'k',
    retryPolicy: { limit: 1, delaySeconds: 0 },
    begin: async (tx, _ctx, run) => ({ purchase: await reserve(tx, run, intentOf(subject, 1)) }),
    work: async () => null,
    finish: async () => {},
    fail: async () => {},
  };
  const begin = (ctx: Ctx, { id: runId }: PipelineRun) =>
    beginStep(ctx, step, { runId, key: 'k', input: {} });

  test('gives it back where it was committed', async () => {
    const run = await seedRun(platform.ctx);
    await expect(begin(losing('ANSWER'), run)).rejects.toThrow('ECONNRESET');
    expect(await openOf(run)).toEqual([]);
    const kinds = await platform.db.ledgerEntry.findMany({
      where: { runId: run.id },
      select: { kind: true },
    });
    expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(['RELEASE', 'RESERVE']);
  });

  test('tells what was lost, and books nothing, where it was not', async () => {
    const run = await seedRun(platform.ctx);
    await expect(begin(losing('COMMIT'), run)).rejects.toThrow('ECONNRESET');
    expect(await platform.db.ledgerEntry.count({ where: { runId: run.id } })).toBe(0);
  });

  test('leaves alone what another worker has set aside for the same meanwhile', async () => {
    const run = await seedRun(platform.ctx);
    let theirs: unknown;
    const meanwhile = async () => void (theirs = await begin(platform.ctx, run));
    await expect(begin(losing('COMMIT', { meanwhile }), run)).rejects.toThrow('ECONNRESET');
    const { operationKey } = (theirs as { purchase: Purchase }).purchase.reservation;
    expect(await openOf(run)).toMatchObject([{ operationKey, isUnknown: false }]);
  });

  test('gives back what it set aside for another storyboard, too', async () => {
    const run = await seedRun(platform.ctx);
    await platform.db.scene.deleteMany({ where: { projectId: projectIdOf(run) } });
    installProvider(changed(provider().adapter, { STORYBOARD: { call: writeStoryboard } }));
    const input = { projectId: projectIdOf(run) };
    const draft = await beginStep(platform.ctx, storyboardStep, { runId: run.id, key: 'k', input });
    // The first is the bill of the one that is no film.
    const ctx = losing('ANSWER', { lost: 2 });
    const writing = storyboardStep.work(ctx, draft, new AbortController().signal, () => {});
    await expect(writing).rejects.toThrow('ECONNRESET');
    expect(await openOf(run)).toEqual([]);
  });
});

test('a bill that is booked twice is told once', async () => {
  const run = await seedRun(platform.ctx);
  const purchase = await platform.db.$transaction((tx) => reserve(tx, run, intentOf(newId(), 1)));
  const receipt = { usage: { IMAGE: 1 }, requestId: null };
  for (let time = 0; time < 2; time++)
    await platform.db.$transaction((tx) => settleCall(tx, platform.ctx, run, 'KEYFRAME', purchase, receipt));
  expect(
    await platform.db.auditLog.count({
      where: { scopes: { has: scopeOf('PipelineRun', run.id) }, message: { startsWith: 'Paid' } },
    }),
  ).toBe(1);
});

test('a storyboard that costs nothing is asked for three times, as one that is paid for', async () => {
  let asked = 0;
  const call = () => ((asked += 1), writeStoryboard());
  const free = changed(instantProvider().adapter, { STORYBOARD: { call } });
  installProvider(free);
  const run = await seedRun(platform.ctx);
  const input = { projectId: projectIdOf(run) };
  const draft = await beginStep(platform.ctx, storyboardStep, { runId: run.id, key: 'k', input });
  const writing = storyboardStep.work(platform.ctx, draft, new AbortController().signal, () => {});
  await expect(writing).rejects.toMatchObject({ code: 'STORYBOARD_INVALID' });
  expect(asked).toBe(3);
});
