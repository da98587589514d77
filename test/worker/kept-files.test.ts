/** Files lie by themselves: they go when no row names them any more, whosever the rows are, and not before. */
import { writeFile } from 'node:fs/promises';
import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { deleteProject } from '../../src/features/projects/project.ts';
import { reconcileFiles } from '../../src/features/upkeep/reconcile-files.ts';
import { moveToNewKeys, putFile } from '../support/new-keys.ts';
import { type Seed, seedFilm } from '../support/seed.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();
const NOW = { olderThanMilliseconds: 0 };

let film: Seed;
let keys: string[];
beforeEach(async () => {
  film = await seedFilm(platform.ctx);
  keys = await moveToNewKeys(platform.ctx, film.projectId);
});

const thereOf = async (some: string[]) => {
  const sizes = await Promise.all(some.map((key) => platform.storage.size(key)));
  return some.filter((_key, index) => sizes[index] !== null);
};
const remove = ({ projectId }: Seed) => deleteProject(platform.ctx, { projectId, deleteFilms: true });
const addRun = (status: 'RUNNING' | 'PAUSED', createdAt: Date) => {
  const { workspaceId } = platform.ctx.actor;
  const run = { id: newId(), workspaceId, projectId: film.projectId, kind: 'FILM', status } as const;
  return platform.db.pipelineRun.create({ data: { ...run, createdAt } });
};

test('a project that is deleted takes its files with it, but for one that another names', async () => {
  const other = await seedFilm(platform.ctx);
  const frame = await platform.db.keyframe.findFirstOrThrow({ where: { sceneId: other.sceneIds[0] ?? '' } });
  const [shared = ''] = keys;
  await platform.storage.remove(frame.filePath);
  await platform.db.keyframe.update({ where: { id: frame.id }, data: { filePath: shared } });
  const films = await platform.db.video.findMany({ where: { projectId: film.projectId } });

  await remove(film);
  expect(await thereOf([...keys, ...films.map(({ filePath }) => filePath)])).toEqual([shared]);
  await remove(other);
  expect(await thereOf(keys)).toEqual([]);
});

test('a film that stays in the library keeps its files', async () => {
  const { filePath, posterPath } = await platform.db.video.findUniqueOrThrow({ where: { id: film.videoId } });
  await deleteProject(platform.ctx, { projectId: film.projectId, deleteFilms: false });
  expect(await thereOf([filePath, posterPath ?? '', ...keys])).toEqual([filePath, posterPath]);
});

test('a file that no row names is removed after an hour, and not while a run may have it in hand', async () => {
  const stray = await putFile(platform.ctx, newId());
  expect(await reconcileFiles(platform.ctx)).toMatchObject({ removed: 0 });
  const run = await addRun('RUNNING', new Date(Date.now() - 60_000));
  expect(await reconcileFiles(platform.ctx, NOW)).toMatchObject({ removed: 0 });
  expect(await thereOf([stray])).toEqual([stray]);
  await platform.db.pipelineRun.update({ where: { id: run.id }, data: { status: 'PAUSED' } });
  expect(await reconcileFiles(platform.ctx, NOW)).toMatchObject({ removed: 1 });
  expect(await thereOf([stray, ...keys])).toEqual(keys);
});

test('a run that began after it holds nothing back', async () => {
  const stray = await putFile(platform.ctx, newId());
  await addRun('RUNNING', new Date(Date.now() + 60_000));
  expect(await reconcileFiles(platform.ctx, NOW)).toMatchObject({ removed: 1 });
  expect(await thereOf([stray])).toEqual([]);
});

test('files that another database made are none of its business', async () => {
  const { workspaceId } = platform.ctx.actor;
  const foreign = `${workspaceId}/files/${newId()}.png`;
  await platform.storage.withTemporary('png', async (file) => {
    await writeFile(file, 'x');
    await platform.storage.keep(file, foreign);
  });
  expect(await reconcileFiles(platform.ctx, NOW)).toMatchObject({ removed: 0 });
  expect(await thereOf([foreign])).toEqual([foreign]);
});
