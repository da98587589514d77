/** What the database itself holds of money, whatever the code does. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { readCost } from '../../src/features/budget/balance.ts';
import { projectIdOf, projectScope } from '../../src/features/projects/project-runs.ts';
import { runScope } from '../../src/features/runs/run-subject.ts';
import { OutcomeUnknown } from '../../src/features/budget/outcome-unknown.ts';
import { OverBudget } from '../../src/features/budget/over-budget.ts';
import { book, type Outcome, type Purchase, settle } from '../../src/features/budget/reservation.ts';
import { reserve } from '../../src/features/runs/engine/reserve.ts';
import type { PipelineRun } from '../../src/generated/prisma/client.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { intentOf, meteredProvider, seedRun } from '../support/paid-project.ts';
import { useTestPlatform } from '../support/test-platform.ts';

beforeAll(() => {
  installProvider(meteredProvider);
});
const platform = useTestPlatform();
afterAll(() => {
  installProvider(animatic);
});

const setAside = (run: PipelineRun, microUsd: number, subject = newId()): Promise<Purchase> =>
  platform.db.$transaction((tx) => reserve(tx, run, intentOf(subject, microUsd)));
const tell = (purchase: Purchase, outcome: Outcome) =>
  platform.db.$transaction((tx) => book(tx, platform.ctx.actor, purchase.reservation.operationKey, outcome));
const costOf = async (run: PipelineRun) => {
  const cost = await readCost(platform.db, runScope(run.id));
  return [cost.settledMicroUsd, cost.reservedMicroUsd, cost.unknownMicroUsd, cost.estimatedMicroUsd];
};
const query = (sql: string, values: unknown[] = []) => platform.database.pool.query(sql, values);

describe('the ledger', () => {
  test('is append-only', async () => {
    const { reservation } = await setAside(await seedRun(platform.ctx), 5);
    const where = 'WHERE operation_key = $1';
    const key = [reservation.operationKey];
    await expect(query(`UPDATE ledger_entries SET amount_micro_usd = 1 ${where}`, key)).rejects.toThrow(
      'ledger_entries is append-only',
    );
    await expect(query(`DELETE FROM ledger_entries ${where}`, key)).rejects.toThrow('append-only');
  });

  test('closes a call once, and only one for which money was set aside', async () => {
    const run = await seedRun(platform.ctx);
    const purchase = await setAside(run, 5);
    expect(await tell(purchase, 'CHARGED')).toBe(true);
    expect(await tell(purchase, 'NOT_CHARGED')).toBe(false);
    expect(await costOf(run)).toEqual([5, 0, 0, 5]);
    const { id: _id, ...entry } = await platform.db.ledgerEntry.findFirstOrThrow({
      where: { runId: run.id },
    });
    const write = (more: object) =>
      platform.db.ledgerEntry.create({ data: { ...entry, usage: {}, rates: {}, id: newId(), ...more } });
    await expect(write({ kind: 'RELEASE' })).rejects.toThrow('is closed');
    await expect(write({ kind: 'UNKNOWN' })).rejects.toThrow('is closed');
    await expect(write({ kind: 'SETTLE', operationKey: 'none' })).rejects.toThrow('nothing was reserved');
    await expect(
      tell({ ...purchase, reservation: { ...purchase.reservation, operationKey: 'none' } }, 'CHARGED'),
    ).rejects.toThrow('nothing was reserved');
  });

  test('has no second call for a subject whose first is open', async () => {
    const run = await seedRun(platform.ctx);
    const purchase = await setAside(run, 5, 'one');
    await expect(setAside(run, 5, 'one')).rejects.toThrow(OutcomeUnknown);
    await tell(purchase, 'UNKNOWN');
    await expect(setAside(run, 5, 'one')).rejects.toThrow(purchase.reservation.operationKey);
    await tell(purchase, 'NOT_CHARGED');
    expect((await setAside(run, 5, 'one')).reservation.operationKey).toBe('keyframe:one:END:2');
  });

  test('outlives what the money was spent on', async () => {
    const run = await seedRun(platform.ctx);
    await tell(await setAside(run, 7), 'CHARGED');
    await platform.db.project.delete({ where: { id: projectIdOf(run) } });
    expect(
      await platform.db.ledgerEntry.count({ where: { scopes: { has: projectScope(projectIdOf(run)) } } }),
    ).toBe(2);
    expect(await readCost(platform.db, projectScope(projectIdOf(run)))).toMatchObject({
      settledMicroUsd: 7,
    });
  });

  test('charges what was used, rounded up to a micro-dollar', async () => {
    const run = await seedRun(platform.ctx);
    const purchase = await setAside(run, 10);
    await platform.db.$transaction((tx) =>
      settle(tx, platform.ctx.actor, purchase, { usage: { IMAGE: 2.1 }, requestId: 'req-1' }),
    );
    expect(await costOf(run)).toEqual([3, 0, 0, 0]);
    const where = { runId: run.id, kind: 'SETTLE' } as const;
    expect(await platform.db.ledgerEntry.findFirst({ where })).toMatchObject({ providerRequestId: 'req-1' });
  });

  test('knows nothing of a call that is free', async () => {
    const run = await seedRun(platform.ctx, 0);
    expect((await setAside(run, 0)).reservation.microUsd).toBe(0);
    expect(await platform.db.ledgerEntry.count({ where: { runId: run.id } })).toBe(0);
  });
});

test('a cap lets through what fits to the micro-dollar, and names itself for what does not', async () => {
  const run = await seedRun(platform.ctx, 1);
  const first = await setAside(run, 9_000);
  await expect(setAside(run, 1_001)).rejects.toThrow(OverBudget);
  await setAside(run, 1_000);
  await expect(setAside(run, 1)).rejects.toThrow(
    /cap of the run is \$0\.01.*to 2 cents \(\$0\.02\) at least/,
  );
  expect(await costOf(run)).toEqual([0, 10_000, 0, 0]);
  await tell(first, 'UNKNOWN');
  await expect(setAside(run, 1)).rejects.toThrow(OverBudget);
  await tell(first, 'NOT_CHARGED');
  await setAside(run, 9_000);
});

const DAY_OUTCOMES = ['CHARGED', 'FREE_OF_CHARGE', 'NOT_CHARGED', 'UNKNOWN'] as const satisfies Outcome[];

test(
  'balances follow from the ledger, whatever is written in whatever order',
  { timeout: 120_000, tags: 'long' },
  async () => {
    const runs = await Promise.all([seedRun(platform.ctx, 20), seedRun(platform.ctx)]);
    const purchases: Purchase[] = [];
    const step = fc.oneof(
      fc.record({ run: fc.nat(1), microUsd: fc.integer({ min: 1, max: 60_000 }) }),
      fc.record({ nth: fc.nat(40), outcome: fc.constantFrom(...DAY_OUTCOMES) }),
      fc.record({ nth: fc.nat(40), used: fc.integer({ min: 0, max: 80_000 }) }),
    );
    const walk = fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      // At once, as many workers would.
      await Promise.all(
        steps.map(async (of) => {
          if ('microUsd' in of) {
            const made = await setAside(runs[of.run] ?? runs[0], of.microUsd).catch(unlessOver);
            if (made) purchases.push(made);
            return;
          }
          const purchase = purchases[of.nth % Math.max(1, purchases.length)];
          if (!purchase) return;
          if ('outcome' in of) await tell(purchase, of.outcome);
          else {
            const receipt = { usage: { IMAGE: of.used }, requestId: null };
            await platform.db.$transaction((tx) => settle(tx, platform.ctx.actor, purchase, receipt));
          }
        }),
      );
      for (const run of runs) expect(await costOf(run)).toEqual(await sumOf(run));
    });
    await fc.assert(walk, { numRuns: 25, endOnFailure: true });
  },
);

function unlessOver(error: unknown): null {
  if (error instanceof OverBudget) return null;
  throw error;
}

/** Charged, set aside, unknown, and charged by an estimate, counted from the entries alone. */
async function sumOf(run: PipelineRun): Promise<number[]> {
  const entries = await platform.db.ledgerEntry.findMany({ where: { runId: run.id } });
  const calls = Object.values(Object.groupBy(entries, ({ operationKey }) => operationKey));
  const sum = [0, 0, 0, 0];
  for (const call of calls) {
    const of = (kind: string) => call?.find((entry) => entry.kind === kind);
    const reserved = Number(of('RESERVE')?.amountMicroUsd);
    const [settled = 0, open = 0, unknown = 0, estimated = 0] = sum;
    const charged = Number(of('SETTLE')?.amountMicroUsd);
    if (of('SETTLE')?.isEstimate) sum[3] = estimated + charged;
    if (of('SETTLE')) sum[0] = settled + charged;
    else if (of('RELEASE')) continue;
    else if (of('UNKNOWN')) sum[2] = unknown + reserved;
    else sum[1] = open + reserved;
  }
  return sum;
}
