import { expect, test } from 'vitest';
import { openRunMetrics } from '../../src/features/runs/run-metrics.ts';
import { runStates } from '../../src/features/runs/run-states.ts';
import { openLog } from '../../src/platform/log.ts';
import { seedRun } from '../support/paid-project.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

test(
  'a run that ends is counted once; what counts them ends when it is closed',
  { timeout: 10_000 },
  async () => {
    const { ctx, db } = platform;
    const counted = await openRunMetrics(platform, openLog('silent'), (actor) => actor === ctx.actor.name);
    const run = await seedRun(ctx);
    await db.$transaction(async (tx) => {
      const end = { completedAt: new Date() };
      await runStates.move(tx, ctx.actor, run, 'FAILED', { message: 'Failed.' }, end);
    });
    const series = 'vidpipe_run_duration_seconds_count{kind="FILM",status="FAILED"} 1\n';
    await expect.poll(() => counted.registry.metrics()).toContain(series);
    await counted.close();
  },
);
