import { expect, test } from 'vitest';
import { generateFilm } from '../../src/features/pipelines/confirm/launch.ts';
import type { ClaimedJob } from '../../src/features/runs/engine/job.ts';
import { DEAD_LETTERS } from '../../src/platform/queue.ts';
import { flows } from '../../src/features/pipelines/flows.ts';
import { handlersOf } from '../../src/worker/handlers.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

/** Claims a queue's next job, however long it should still wait. */
async function claim(queue: string) {
  const [job] = await platform.queue.boss.fetch<ClaimedJob['data']>(queue, {
    ignoreStartAfter: true,
    includeMetadata: true,
  });
  return job;
}

test('a step that kills every worker ends its run with the reason, instead of being tried for ever', async () => {
  const { project, run } = await generateFilm(platform.ctx, {
    prompt: 'A lighthouse.',
    stopAfter: null,
    crossfadeSeconds: 0,
    idempotencyKey: null,
  });
  for (let job = await claim('storyboard'); job; job = await claim('storyboard')) {
    await platform.queue.boss.fail('storyboard', job.id);
  }
  const letter = await claim(DEAD_LETTERS);
  expect(letter).toMatchObject({ sourceName: 'storyboard', data: { runId: run.id } });
  if (!letter) return;
  await handlersOf(flows)[DEAD_LETTERS]?.(
    platform.ctx,
    { ...letter, name: letter.sourceName ?? '' },
    letter.signal,
  );

  expect(await platform.db.pipelineRun.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({
    status: 'FAILED',
    errorStage: 'STORYBOARD',
    errorCode: 'INTERNAL',
    errorMessage: expect.stringContaining('too many crashed attempts'),
  });
  expect(await platform.db.project.findUniqueOrThrow({ where: { id: project.id } })).toMatchObject({
    status: 'FAILED',
  });
  expect(await claim('storyboard')).toBeUndefined();
});
