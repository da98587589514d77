/** A film whose process died between its file and its row, and whose run then ended: reconciling takes the file away. */
import { expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { fileKeys } from '../../src/features/assets/file-keys.ts';
import { reconcileFiles } from '../../src/features/upkeep/reconcile-files.ts';
import { stitchStep } from '../../src/features/videos/film.jobs.ts';
import { cancelRun } from '../../src/features/pipelines/control/control.ts';
import { generateFilm, stitchFilm } from '../../src/features/pipelines/confirm/launch.ts';
import { runEnd } from '../support/run-end.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const OPTIONS = { crossfadeSeconds: 0, idempotencyKey: null };
const NOW = { olderThanMilliseconds: 0 };

const platform = useTestPlatform({ workers: 2 });

const filmsOf = async (projectId: string) =>
  (await platform.db.video.findMany({ where: { projectId } })).flatMap(({ filePath, posterPath }) =>
    posterPath === null ? [filePath] : [filePath, posterPath],
  );

/** Of a run's. */
const isFilm = (key: string) => made.has(key);
const made = new Set<string>();

/** As the step names them. */
async function expectFilmOf(runId: string): Promise<void> {
  const { keyOf } = await fileKeys(platform.db);
  for (const ending of ['mp4', 'jpg'])
    made.add(keyOf(platform.ctx.actor.workspaceId, `video:${runId}`, ending));
}

const storedFilms = async () => {
  const keys: string[] = [];
  for await (const { key } of platform.storage.list('')) if (isFilm(key)) keys.push(key);
  return keys;
};

/** Stitches for a run as a worker does, up to the file; the process ends there. */
async function stitchAndDie(projectId: string) {
  const { workspaceId } = platform.ctx.actor;
  const run = await platform.db.pipelineRun.create({
    data: { id: newId(), workspaceId, projectId, kind: 'STITCH', status: 'RUNNING' },
  });
  await expectFilmOf(run.id);
  const reel = await platform.db.$transaction((tx) => stitchStep.begin(tx, platform.ctx, run, { projectId }));
  await stitchStep.work(platform.ctx, reel, new AbortController().signal, () => {});
  return run;
}

test('it stays while its run may still name it, and is gone with the next turn once another run made the film', async () => {
  const input = { prompt: 'A lighthouse.', targetClipDuration: 1, stopAfter: 'CLIPS' as const };
  const { project, run } = await generateFilm(platform.ctx, { ...input, ...OPTIONS });
  expect(await runEnd(platform.ctx, run.id)).toMatchObject({ status: 'COMPLETED' });

  const { id: runId } = await stitchAndDie(project.id);
  expect(await storedFilms()).toHaveLength(2);
  expect(await reconcileFiles(platform.ctx, NOW)).toEqual({ removed: 0, lost: 0 });
  expect(await storedFilms()).toHaveLength(2);

  await cancelRun(platform.ctx, { runId });
  const { id } = await stitchFilm(platform.ctx, { projectId: project.id, ...OPTIONS });
  await expectFilmOf(id);
  expect(await runEnd(platform.ctx, id)).toMatchObject({ status: 'COMPLETED' });
  expect(await storedFilms()).toHaveLength(4);

  // Younger than an hour it might belong to a worker that was only slow.
  expect(await reconcileFiles(platform.ctx)).toEqual({ removed: 0, lost: 0 });
  expect(await reconcileFiles(platform.ctx, NOW)).toEqual({ removed: 2, lost: 0 });
  expect((await storedFilms()).toSorted()).toEqual((await filmsOf(project.id)).toSorted());
});
