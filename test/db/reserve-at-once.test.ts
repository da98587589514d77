import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { dayScope, readCost, totalOf } from '../../src/features/budget/balance.ts';
import { MICRO_USD_PER_CENT } from '../../src/features/budget/money.ts';
import { setWorkspaceCostCaps } from '../../src/features/pipelines/control/cost-caps.ts';
import { findPostgres } from '../support/needs.ts';
import { seedRun } from '../support/paid-project.ts';
import { openTestPlatform } from '../support/test-platform.ts';

const CHILD = 'test/db/support/reserve.child.ts';
const PROCESSES = 5;
const WORKERS = 10;
/** Cents. */
const CAP = 60;

test.skipIf(findPostgres() === null)(
  'fifty workers in five processes never pass a cap by a micro-dollar, and use all of it',
  { timeout: 180_000 },
  async () => {
    await using left = new AsyncDisposableStack();
    const platform = await openTestPlatform();
    left.defer(() => platform.remove());
    await setWorkspaceCostCaps(platform.ctx, { maxDailyCostCents: CAP });
    const runs = await Promise.all([1, 2, 3, 4].map(() => seedRun(platform.ctx)));
    const { home } = platform.database;
    if (!('url' in home)) throw new Error('This needs PostgreSQL.');
    const args = [CHILD, home.url, runs.map(({ id }) => id).join(), String(WORKERS)];
    const standing = async () => {
      const cost = await readCost(platform.db, dayScope(platform.ctx.actor.workspaceId, new Date()));
      return totalOf(cost);
    };
    let highest = 0;
    const watch = setInterval(async () => {
      highest = Math.max(highest, await standing());
    }, 5);
    left.defer(() => clearInterval(watch));
    const granted = await Promise.all(
      Array.from({ length: PROCESSES }, async () => {
        const { stdout } = await promisify(execFile)(process.execPath, args);
        return Number(stdout);
      }),
    );
    clearInterval(watch);
    expect(highest).toBeGreaterThan(0);
    expect(highest).toBeLessThanOrEqual(CAP * MICRO_USD_PER_CENT);
    const total = granted.reduce((sum, microUsd) => sum + microUsd, 0);
    expect(total).toBe(CAP * MICRO_USD_PER_CENT);
    expect(granted.filter((microUsd) => microUsd > 0)).toHaveLength(PROCESSES);
  },
);
