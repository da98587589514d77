import { expect, test } from 'vitest';
import { installationMetrics } from '../../src/installation-metrics.ts';
import { LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

const COST = /^vidpipe_cost_usd_total .*$/m;

test('two who ask at the same time are told the same cost, not twice as much', async () => {
  const spent = { scope: `workspace:${LOCAL_WORKSPACE_ID}`, settledMicroUsd: 1_500_000n };
  await platform.db.ledgerBalance.create({ data: spent });
  const metrics = installationMetrics(platform);
  const told = await Promise.all([metrics.metrics(), metrics.metrics(), metrics.metrics()]);
  expect(told.map((text) => COST.exec(text)?.[0])).toEqual(Array(3).fill('vidpipe_cost_usd_total 1.5'));
});

test('a database that is away is told; what it would have said is left out, not told as zero', async () => {
  const away = { query: () => Promise.reject(new Error('away')) } as unknown as typeof platform.database.pool;
  const metrics = installationMetrics({ ...platform, database: { ...platform.database, pool: away } });
  const series = (await metrics.metrics()).split('\n').filter((line) => /^\w/.test(line));
  expect(series).toEqual(['vidpipe_database_up 0']);
});
