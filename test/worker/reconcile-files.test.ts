import { writeFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { scopeOf } from '../../src/core/scopes.ts';
import { reconcileFiles } from '../../src/features/upkeep/reconcile-files.ts';
import { generateFilm, launchRun } from '../../src/features/pipelines/confirm/launch.ts';
import { createProject } from '../../src/features/projects/project.ts';
import { openLocalStorage } from '../../src/platform/storage/local-storage.ts';
import { filesReconciled } from '../../src/worker/background.ts';
import { addReferences } from '../support/referenced-film.ts';
import { runEnd } from '../support/run-end.ts';
import { type Seed, seedFilm } from '../support/seed.ts';
import { startTask } from '../support/start-task.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform({ workers: 2 });
beforeAll(async () => {
  // Without one file that rows name, nothing is reconciled.
  await seedFilm(platform.ctx);
});

const NOW = { olderThanMilliseconds: 0 };

async function put(key: string): Promise<string> {
  await platform.storage.withTemporary('txt', async (file) => {
    await writeFile(file, 'x');
    await platform.storage.keep(file, key);
  });
  return key;
}

const isThere = async (key: string) => (await platform.storage.size(key)) !== null;
const keyOf = (seed: Seed, name: string) =>
  `${platform.ctx.actor.workspaceId}/projects/${seed.projectId}/${name}`;
const lose = (seed: Seed, name: string) => platform.storage.remove(keyOf(seed, name));
const projectOf = ({ projectId }: Seed) =>
  platform.db.project.findUniqueOrThrow({
    where: { id: projectId },
    include: {
      scenes: {
        orderBy: { sceneIndex: 'asc' },
        include: {
          keyframes: { where: { supersededAt: null } },
          clips: { where: { supersededAt: null } },
        },
      },
    },
  });
const warningsOf = async ({ projectId }: Seed) => {
  const entries = await platform.db.auditLog.findMany({
    where: { scopes: { has: scopeOf('Project', projectId) }, level: 'WARNING' },
    orderBy: { sequence: 'asc' },
  });
  return entries.map(({ message }) => message);
};

/** A project without a film, as a person makes it: the log knows it. */
async function makeProject() {
  const project = await createProject(platform.ctx, { prompt: 'A lighthouse.' });
  return { project, prefix: `${project.workspaceId}/projects/${project.id}` };
}

const insertRun = (projectId: string) => {
  const { workspaceId } = platform.ctx.actor;
  const run = { id: newId(), workspaceId, projectId, kind: 'FILM', status: 'PAUSED' } as const;
  return platform.db.pipelineRun.create({ data: run });
};

test('files that no row names are removed, and one log entry says how many', async () => {
  const { prefix } = await makeProject();
  const strays = [await put(`${prefix}/keyframes/a-START-0.png`), await put(`${prefix}/clips/b.mp4`)];
  const own = await seedFilm(platform.ctx);
  expect(await reconcileFiles(platform.ctx, NOW)).toEqual({ removed: 2, lost: 0 });
  expect(await Promise.all(strays.map(isThere))).toEqual([false, false]);
  expect(await isThere(keyOf(own, '0.mp4'))).toBe(true);
  const [entry] = await platform.db.auditLog.findMany({ orderBy: { sequence: 'desc' }, take: 1 });
  expect(entry).toMatchObject({ subjectType: 'Workspace', details: { count: 2 } });
  expect(entry?.message).toBe('2 files that no row names were removed from the storage.');
});

test('a young one stays: the row that will name it may be on its way', async () => {
  const { prefix } = await makeProject();
  const young = await put(`${prefix}/clips/young.mp4`);
  expect(await reconcileFiles(platform.ctx)).toEqual({ removed: 0, lost: 0 });
  expect(await isThere(young)).toBe(true);
  await platform.storage.remove(young);
});

test('with a live run on its project, neither a stray file nor a lost one is touched', async () => {
  const { project, prefix } = await makeProject();
  const stray = await put(`${prefix}/clips/stray.mp4`);
  const film = await seedFilm(platform.ctx);
  await lose(film, '0.mp4');
  const runs = [await insertRun(project.id), await insertRun(film.projectId)];
  expect(await reconcileFiles(platform.ctx, NOW)).toEqual({ removed: 0, lost: 0 });
  expect(await isThere(stray)).toBe(true);
  expect((await projectOf(film)).scenes[0]?.status).toBe('VIDEO_DONE');

  await platform.db.pipelineRun.deleteMany({ where: { id: { in: runs.map(({ id }) => id) } } });
  expect(await reconcileFiles(platform.ctx, NOW)).toEqual({ removed: 1, lost: 1 });
});

test('files of projects that this database never had are none of its business', async () => {
  const { workspaceId } = platform.ctx.actor;
  const strange = [
    `${workspaceId}/projects/${newId()}/clips/a.mp4`,
    `${workspaceId}/videos/${newId()}.mp4`,
    'holiday.jpg',
  ];
  for (const key of strange) await put(key);
  expect(await reconcileFiles(platform.ctx, NOW)).toEqual({ removed: 0, lost: 0 });
  expect(await Promise.all(strange.map(isThere))).toEqual([true, true, true]);
});

test('two processes that reconcile at once reconcile once', async () => {
  const { prefix } = await makeProject();
  await put(`${prefix}/clips/stray.mp4`);
  const film = await seedFilm(platform.ctx);
  await lose(film, '1.mp4');
  await Promise.all([reconcileFiles(platform.ctx, NOW), reconcileFiles(platform.ctx, NOW)]);
  // Who came second to a turn left it to the first; a round later nothing can be left.
  await reconcileFiles(platform.ctx, NOW);
  expect(await isThere(`${prefix}/clips/stray.mp4`)).toBe(false);
  expect(await warningsOf(film)).toHaveLength(1);
});

test('a frame that is lost before its clip is made takes its scene back to the start', async () => {
  const film = await seedFilm(platform.ctx);
  const [, second = ''] = film.sceneIds;
  await platform.db.videoClip.deleteMany({ where: { sceneId: second } });
  await platform.db.scene.update({ where: { id: second }, data: { status: 'KEYFRAMES_DONE' } });
  await lose(film, '1-END.png');
  await lose(film, '0-END.png');
  expect(await reconcileFiles(platform.ctx, NOW)).toMatchObject({ lost: 2 });

  const { scenes, errorMessage } = await projectOf(film);
  expect(scenes.map(({ status }) => status)).toEqual(['VIDEO_DONE', 'PENDING']);
  expect(scenes.map(({ keyframes }) => keyframes.length)).toEqual([2, 1]);
  expect(errorMessage).toBe('Files of scene 2 are gone from the storage; another run makes them again.');
});

test('a lost film, and a lost frame of a scene that has its clip, are told once and nothing moves', async () => {
  const film = await seedFilm(platform.ctx);
  for (const name of ['film.mp4', 'poster.jpg', '0-START.png']) await lose(film, name);
  const before = await projectOf(film);
  await reconcileFiles(platform.ctx, NOW);
  await reconcileFiles(platform.ctx, NOW);
  expect(await projectOf(film)).toEqual(before);
  expect((await warningsOf(film)).toSorted()).toEqual([
    `A file of a film is gone from the storage: ${keyOf(film, 'film.mp4')}.`,
    `A file of a film is gone from the storage: ${keyOf(film, 'poster.jpg')}.`,
    `The picture of a keyframe is gone from the storage: ${keyOf(film, '0-START.png')}.`,
  ]);
});

test('a reference image is kept as long as a row names it; a lost one is told once, and nothing moves', async () => {
  const { project, prefix } = await makeProject();
  const [kept, lost] = await addReferences(platform.ctx, project.id, 2);
  const stray = await put(`${prefix}/references/${newId()}.jpg`);
  if (!kept || !lost) throw new Error('Two were added.');
  expect(await reconcileFiles(platform.ctx, NOW)).toEqual({ removed: 1, lost: 0 });
  expect([await isThere(kept.filePath), await isThere(stray)]).toEqual([true, false]);

  await platform.storage.remove(lost.filePath);
  await reconcileFiles(platform.ctx, NOW);
  expect(await reconcileFiles(platform.ctx, NOW)).toEqual({ removed: 0, lost: 0 });
  const told = await platform.db.auditLog.findMany({
    where: { scopes: { has: scopeOf('Project', project.id) }, level: 'WARNING' },
  });
  expect(told.map(({ message }) => message)).toEqual([
    `A reference image is gone from the storage: ${lost.filePath}.`,
  ]);
});

test('a storage that holds nothing of what rows name is the wrong one: nothing is changed', async () => {
  const film = await seedFilm(platform.ctx);
  const directory = temporaryFolder('wrong');
  const wrong = await openLocalStorage(directory);
  await expect(reconcileFiles({ ...platform.ctx, storage: wrong }, NOW)).rejects.toThrow(
    /None of the \d+ files .* VIDPIPE_STORAGE_URL right/,
  );
  await wrong.close();
  expect(await warningsOf(film)).toEqual([]);
});

test('a clip that is lost from a finished film is made again by the next run', { tags: 'long' }, async () => {
  const prompt = 'A lighthouse wakes at dusk. A ship finds its way home.';
  const ask = { prompt, targetClipDuration: 1, targetDuration: 2 };
  const options = { stopAfter: null, crossfadeSeconds: 0, idempotencyKey: null };
  const { project, run } = await generateFilm(platform.ctx, { ...ask, ...options });
  await runEnd(platform.ctx, run.id);
  const seed: Seed = { projectId: project.id, sceneIds: [], runId: run.id, videoId: '' };
  const lost = (await projectOf(seed)).scenes[1]?.clips[0];
  await platform.storage.remove(lost?.localPath ?? '');

  const reconciling = startTask(platform.ctx, filesReconciled);
  await reconciling.close();
  expect((await projectOf(seed)).scenes[1]?.status).toBe('VIDEO_DONE');
  expect(await reconcileFiles(platform.ctx, NOW)).toMatchObject({ lost: 1 });
  const noticed = await projectOf(seed);
  expect(noticed).toMatchObject({ status: 'COMPLETE', errorMessage: expect.stringContaining('scene 2') });
  expect(noticed.scenes[1]).toMatchObject({ status: 'KEYFRAMES_DONE', clips: [] });

  const next = await launchRun(platform.ctx, { projectId: project.id, ...options });
  expect(await runEnd(platform.ctx, next.id)).toMatchObject({ status: 'COMPLETED' });
  const again = await projectOf(seed);
  expect(again).toMatchObject({ status: 'COMPLETE', errorMessage: null });
  expect(await isThere(again.scenes[1]?.clips[0]?.localPath ?? '')).toBe(true);
});
