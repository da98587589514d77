/** What a run is to ask is laid out once, whatever dies in between. */
import { expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { searchByModelStep } from '../../src/features/moments/ask/search-by-model.jobs.ts';
import { useTestPlatform } from '../support/test-platform.ts';
import { configOf, promptOf, transcriptOf } from '../support/seed-moments.ts';
import { seedFilm } from '../support/seed.ts';

const platform = useTestPlatform();

test('a process that dies when it has laid out what to ask does not have the run end without moments', async () => {
  const { db, ctx } = platform;
  const { workspaceId } = ctx.actor;
  const { videoId } = await seedFilm(ctx);
  await db.transcript.create({ data: transcriptOf(videoId) });
  const { id: promptId } = await db.prompt.create({ data: promptOf(workspaceId) });
  const config = { ...configOf(workspaceId, promptId), model: 'GEMINI' };
  const { id: generationConfigId } = await db.generationConfig.create({ data: config });
  const run = await db.pipelineRun.create({
    data: {
      id: newId(),
      workspaceId,
      videoId,
      kind: 'MOMENTS',
      momentsScope: 'MOMENTS_ONLY',
      generationConfigId,
      status: 'RUNNING',
    },
  });
  const begin = () => db.$transaction((tx) => searchByModelStep.begin(tx, ctx, run, { videoId }));
  await begin();
  await begin();
  expect(await db.momentQuestion.count({ where: { runId: run.id } })).toBe(1);
  const { totalMoments } = await db.pipelineRun.findUniqueOrThrow({ where: { id: run.id } });
  expect(totalMoments).toBeNull();
});
