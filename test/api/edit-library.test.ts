/** What people change and throw away afterwards: titles and wishes of projects, films of the library. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeGlobalId, newId } from '../../src/core/ids.ts';
import { scopeOf } from '../../src/core/scopes.ts';
import type { Project } from '../../src/generated/prisma/client.ts';
import { noticeLost } from '../../src/features/upkeep/lost-files.ts';
import { readNamedFiles } from '../../src/features/upkeep/all-files.ts';
import { type Seed, seedFilm, seedProject } from '../support/seed.ts';
import { putFile } from '../platform/support/stored-files.ts';
import { seedMoments, thumbnailOf } from '../support/seed-moments.ts';
import { openTestApi, type TestApi } from '../support/test-api.ts';
import { mutate } from './support/mutate.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.remove());

const rowOf = (id: string): Promise<Project> => api.db.project.findUniqueOrThrow({ where: { id } });
const told = async (projectId: string) =>
  api.db.auditLog.findMany({
    where: { scopes: { has: scopeOf('Project', projectId) } },
    orderBy: { sequence: 'asc' },
  });
const update = (projectId: string, changes: object) =>
  mutate<{ project: object }>(
    api,
    'updateProject',
    { projectId: encodeGlobalId('Project', projectId), ...changes },
    'project { title prompt version }',
  );
/** Launches nothing: a run as a worker has it in hand. */
const liveRun = (projectId: string) =>
  api.db.pipelineRun.create({
    data: { id: newId(), workspaceId: api.ctx.actor.workspaceId, projectId, kind: 'FILM', status: 'RUNNING' },
  });

describe('a project', () => {
  test('gets another title, also with everything made and a run on its way, and tells it once', async () => {
    const { projectId } = await seedFilm(api.ctx);
    await liveRun(projectId);
    const { version } = await rowOf(projectId);
    const answer = { project: { title: 'Dusk', version: version + 1 } };
    expect(await update(projectId, { title: ' Dusk ' })).toMatchObject(answer);
    expect(await update(projectId, { title: 'Dusk' })).toMatchObject(answer);
    expect(await told(projectId)).toMatchObject([
      {
        subjectType: 'Project',
        subjectId: projectId,
        version: version + 1,
        message: 'Project "Dusk" was changed: title.',
        details: { before: { title: 'A title' }, after: { title: 'Dusk' } },
      },
    ]);
  });

  test('is another film as long as nothing was made of it', async () => {
    const projectId = await seedProject(api.db);
    const changes = {
      prompt: 'A ship finds its way home. It is late.',
      style: 'noir',
      targetDuration: 8,
      title: null,
    };
    expect(await update(projectId, changes)).toMatchObject({
      project: { title: 'A ship finds its way home', prompt: changes.prompt },
    });
    expect(await rowOf(projectId)).toMatchObject({ style: 'noir', targetDuration: 8, aspectRatio: '16:9' });
    await update(projectId, { targetDuration: null });
    expect(await rowOf(projectId)).toMatchObject({ targetDuration: null });
  });

  test('keeps what its storyboard was made from, and names each field of it', async () => {
    const { projectId } = await seedFilm(api.ctx);
    const before = await rowOf(projectId);
    const answer = await update(projectId, { title: 'Other', prompt: 'Other.', sound: true, style: 'noir' });
    expect(answer).toMatchObject({
      __typename: 'InvalidInputError',
      issues: [{ path: ['prompt'] }, { path: ['style'] }],
    });
    expect(await rowOf(projectId)).toEqual(before);
  });

  test.each([
    ['decomposed letters', 'Ein F\u{FC}chslein wacht.', 'Ein Fu\u{308}chslein wacht.'],
    ['other ends of lines', 'A fox.\nIt wakes.', 'A fox.\r\nIt wakes.'],
  ])('made from the same words with %s stays as it is, and nothing is told', async (_name, prompt, sent) => {
    const { projectId } = await seedFilm(api.ctx);
    await api.db.project.update({ where: { id: projectId }, data: { prompt, negativePrompt: prompt } });
    const before = await rowOf(projectId);
    expect(await update(projectId, { prompt: sent, negativePrompt: sent })).toMatchObject({
      project: { prompt, version: before.version },
    });
    expect(await rowOf(projectId)).toEqual(before);
    expect(await told(projectId)).toEqual([]);
  });

  test('is not taken from under a run', async () => {
    const projectId = await seedProject(api.db);
    await liveRun(projectId);
    expect(await update(projectId, { prompt: 'Other.' })).toMatchObject({ code: 'RUN_IN_PROGRESS' });
  });

  test.each([
    [{ title: '   ' }, ['title']],
    [{ title: 'x'.repeat(201) }, ['title']],
    [{ prompt: null }, ['prompt']],
    [{ style: 'none such' }, ['style']],
    [{ targetClipDuration: 1, targetDuration: 600 }, ['targetDuration']],
    // The preview has no seed.
    [{ seed: 7 }, ['seed']],
  ])('refuses %j by the name of the field', async (changes, path) => {
    const projectId = await seedProject(api.db);
    expect(await update(projectId, changes)).toMatchObject({
      __typename: 'InvalidInputError',
      issues: [{ path }],
    });
    expect(await told(projectId)).toEqual([]);
  });
});

const remove = (videoId: string) =>
  mutate<{ deletedVideoId: string }>(
    api,
    'deleteVideo',
    { videoId: encodeGlobalId('Video', videoId) },
    'deletedVideoId',
  );
/** A film with everything of it, its files where stitched films are kept. */
async function seedLibraryFilm(): Promise<Seed> {
  const film = await seedFilm(api.ctx);
  const key = `${api.ctx.actor.workspaceId}/videos/${film.runId}`;
  const data = { filePath: `${key}.mp4`, posterPath: `${key}.jpg` };
  for (const each of Object.values(data)) await putFile(api.storage, each, each);
  await api.db.video.update({ where: { id: film.videoId }, data });
  return film;
}

const filesOf = async (videoId: string) => {
  const { filePath, posterPath } = await api.db.video.findUniqueOrThrow({ where: { id: videoId } });
  return [filePath, posterPath ?? ''];
};
const sizesOf = (keys: string[]) => Promise.all(keys.map((key) => api.storage.size(key)));
const deleteProject = ({ projectId }: Seed) =>
  mutate(api, 'deleteProject', { projectId: encodeGlobalId('Project', projectId) }, '');

describe('a film', () => {
  test('goes with its files, and its project has the one before', async () => {
    const { projectId, videoId } = await seedLibraryFilm();
    const keys = await filesOf(videoId);
    const { id: _, ...row } = await api.db.video.findUniqueOrThrow({ where: { id: videoId } });
    const own = { id: newId(), identifier: newId(), filePath: 'older', posterPath: null };
    const older = { ...row, ...own, createdAt: new Date(0) };
    await api.db.video.create({ data: { ...older, chapters: [], subtitleStreams: [] } });
    await api.db.project.update({ where: { id: projectId }, data: { outputPath: row.filePath } });

    expect(await remove(videoId)).toMatchObject({ deletedVideoId: encodeGlobalId('Video', videoId) });
    expect(await sizesOf(keys)).toEqual([null, null]);
    expect((await rowOf(projectId)).outputPath).toBe('older');
    expect(await told(projectId)).toMatchObject([{ subjectType: 'Video', subjectId: videoId }]);
    expect(await remove(videoId)).toMatchObject({ __typename: 'NotFoundError', path: ['videoId'] });
  });

  test('whose project is gone can be deleted', async () => {
    const film = await seedLibraryFilm();
    await deleteProject(film);
    const keys = await filesOf(film.videoId);
    expect(await sizesOf(keys)).not.toContain(null);
    expect(await remove(film.videoId)).toMatchObject({ __typename: 'DeleteVideoPayload' });
    expect(await sizesOf(keys)).toEqual([null, null]);
  });

  test('goes with the files of what was cut from it', async () => {
    const { videoId } = await seedLibraryFilm();
    const { clipId, thumbnailId } = await seedMoments(api.db, api.ctx.actor.workspaceId, videoId);
    const still = await api.db.thumbnail.create({ data: thumbnailOf({ videoId }) });
    const clip = await api.db.clip.findUniqueOrThrow({ where: { id: clipId } });
    const ofClip = await api.db.thumbnail.findUniqueOrThrow({ where: { id: thumbnailId } });
    const keys = [clip, ofClip, still].map(({ filePath }) => filePath);
    for (const key of keys) await putFile(api.storage, key, key);
    await remove(videoId);
    expect(await sizesOf(keys)).toEqual([null, null, null]);
  });

  test('stays while the run that stitched it has not ended', async () => {
    const { runId, videoId } = await seedLibraryFilm();
    await api.db.pipelineRun.update({ where: { id: runId }, data: { status: 'RUNNING', completedAt: null } });
    expect(await remove(videoId)).toMatchObject({ code: 'RUN_IN_PROGRESS', path: ['videoId'] });
    expect(await sizesOf(await filesOf(videoId))).not.toContain(null);
  });

  test('that is deleted while files are looked for is not told of as lost', async () => {
    const film = await seedLibraryFilm();
    await deleteProject(film);
    const suspects = (await readNamedFiles(api.db, null)).filter(({ id }) => id === film.videoId);
    await remove(film.videoId);
    expect(suspects).toHaveLength(2);
    expect(await noticeLost(api.ctx, suspects, undefined)).toBe(0);
  });
});

test('a scene shows every clip and frame that it had, newest first, in pages', async () => {
  const { sceneIds } = await seedFilm(api.ctx);
  const [sceneId = ''] = sceneIds;
  const { scene } = await api.ask<{
    scene: Record<string, { totalCount: number; edges: { node: object }[] }>;
  }>(
    `query ($id: ID!) { scene(id: $id) {
      clips(first: 1) { totalCount edges { node { supersededAt scene { id } } } pageInfo { hasNextPage } }
      keyframeHistory { totalCount edges { node { position createdAt supersededAt } } }
    } }`,
    { id: encodeGlobalId('Scene', sceneId) },
  );
  expect(scene['clips']).toMatchObject({ totalCount: 2, edges: [{ node: { supersededAt: null } }] });
  expect(scene['keyframeHistory']).toMatchObject({
    totalCount: 2,
    edges: [{ node: { position: 'START' } }, { node: { position: 'END' } }],
  });
});
