/** In what order steps that wait are claimed. */
import { expect, test } from 'vitest';
import { sendStep } from '../../src/features/runs/engine/advance.ts';
import type { ClaimedJob } from '../../src/features/runs/engine/job.ts';
import type { PipelineRun } from '../../src/generated/prisma/client.ts';
import { seedRun } from '../support/paid-project.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

const send = ({ id, priority }: PipelineRun, rank: number) =>
  platform.db.$transaction((tx) =>
    sendStep(
      tx,
      platform.ctx,
      { id, priority },
      { step: 'submit-clip', key: String(rank), input: {} },
      { rank },
    ),
  );

async function claim() {
  const [job] = await platform.queue.boss.fetch<ClaimedJob['data']>('submit-clip');
  return job?.data;
}

test('a run’s first step that is ready goes before the second one of every run that came earlier', async () => {
  const [early, late] = [await seedRun(platform.ctx), await seedRun(platform.ctx)];
  for (const rank of [0, 1, 2]) await send(early, rank);
  for (const rank of [0, 1]) await send(late, rank);
  const claimed: string[] = [];
  for (let data = await claim(); data; data = await claim())
    claimed.push(`${data.runId === early.id ? 'early' : 'late'} ${data.key}`);
  expect(claimed).toEqual(['early 0', 'late 0', 'early 1', 'late 1', 'early 2']);
});
