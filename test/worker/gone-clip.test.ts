/** A clip whose file is found gone while a film is stitched: said by its scene, and made again by the next run alone. */
import { beforeEach, expect, test } from 'vitest';
import { launchRun, stitchFilm } from '../../src/features/pipelines/confirm/launch.ts';
import { planRun } from '../../src/features/pipelines/confirm/run-plan.ts';
import { runEnd } from '../support/run-end.ts';
import { type Seed, seedFilm } from '../support/seed.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform({ workers: 1 });
const OPTIONS = { crossfadeSeconds: 0, idempotencyKey: null };

let film: Seed;
beforeEach(async () => {
  film = await seedFilm(platform.ctx);
});

const lose = (...scenes: number[]) =>
  platform.storage.remove(
    ...scenes.map((scene) => `${platform.ctx.actor.workspaceId}/projects/${film.projectId}/${scene - 1}.mp4`),
  );
const clipsOf = () =>
  platform.db.videoClip.findMany({
    where: { scene: { projectId: film.projectId } },
    orderBy: [{ scene: { sceneIndex: 'asc' } }, { revision: 'asc' }],
  });
const GONE = 'The clip of scene 2 is gone from the storage; another run makes it again.';

test.each([
  ['a stitch', () => stitchFilm(platform.ctx, { projectId: film.projectId, ...OPTIONS })],
  ['a film', () => launchRun(platform.ctx, { projectId: film.projectId, stopAfter: null, ...OPTIONS })],
])('%s names the scene, and makes nothing by itself', async (_name, launch) => {
  await lose(2);
  const before = await clipsOf();
  const { status, errorMessage } = await runEnd(platform.ctx, (await launch()).id);
  expect(status).toBe('FAILED');
  expect(errorMessage).toContain(GONE);
  const [, , , lost] = await clipsOf();
  expect(await clipsOf()).toHaveLength(before.length);
  expect(lost).toMatchObject({ supersededBecause: 'FILE_LOST', revision: 2 });
  const scenes = await platform.db.scene.findMany({ where: { projectId: film.projectId } });
  expect(scenes.map((scene) => scene.status).toSorted()).toEqual(['FAILED', 'VIDEO_DONE']);
});

test('the plan of the next run has the clip in it', async () => {
  await lose(2);
  const { id } = await stitchFilm(platform.ctx, { projectId: film.projectId, ...OPTIONS });
  await runEnd(platform.ctx, id);
  const { estimate } = await planRun(platform.ctx, { projectId: film.projectId, stopAfter: null });
  const clips = estimate.stages.find(({ stage }) => stage === 'CLIPS');
  expect(clips?.calls).toEqual({ low: 1, likely: 1, high: 1 });
});

test('where every file is gone it may be another storage: nothing is superseded', async () => {
  await lose(1, 2);
  const before = await clipsOf();
  const { id } = await stitchFilm(platform.ctx, { projectId: film.projectId, ...OPTIONS });
  const { status, errorMessage } = await runEnd(platform.ctx, id);
  expect([status, errorMessage]).toEqual(['FAILED', expect.stringContaining('gone from the storage')]);
  expect(errorMessage).not.toContain(film.projectId);
  expect(await clipsOf()).toEqual(before);
});
