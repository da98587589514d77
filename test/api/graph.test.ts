import { beforeAll, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { type Seed, seedFilm } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';

let film: Seed;
let id: string;
const api = useTestApi();
beforeAll(async () => {
  film = await seedFilm(api.ctx);
  id = encodeGlobalId('Project', film.projectId);
});

test('one request returns a project with everything in it', async () => {
  const { project } = await api.ask<{ project: unknown }>(
    `query ($id: ID!) {
      project(id: $id) {
        workspace { name }
        scenes {
          sceneIndex
          keyframes { position url width }
          clip { status durationSeconds supersededAt url }
        }
        runs { totalCount edges { node { id cost { settledMicroUsd } } } }
        videos { edges { node { id fileSizeBytes url posterUrl chapters { title startSeconds endSeconds } } } }
      }
    }`,
    { id },
  );
  const media = `${api.api.url}/media/${api.ctx.actor.workspaceId}/projects/${film.projectId}`;
  const sceneAt = (sceneIndex: number) => ({
    sceneIndex,
    keyframes: [
      { position: 'START', url: `${media}/${sceneIndex}-START.png`, width: 1280 },
      { position: 'END', url: `${media}/${sceneIndex}-END.png`, width: 1280 },
    ],
    clip: { status: 'COMPLETE', durationSeconds: 4, supersededAt: null, url: `${media}/${sceneIndex}.mp4` },
  });
  const run = { id: encodeGlobalId('PipelineRun', film.runId), cost: { settledMicroUsd: 2 ** 40 } };
  const video = {
    id: encodeGlobalId('Video', film.videoId),
    fileSizeBytes: 2 ** 33,
    url: `${media}/film.mp4`,
    posterUrl: `${media}/poster.jpg`,
    chapters: [{ title: 'One', startSeconds: 0, endSeconds: 4 }],
  };
  expect(project).toEqual({
    workspace: { name: 'Local' },
    scenes: [sceneAt(0), sceneAt(1)],
    runs: { totalCount: 1, edges: [{ node: run }] },
    videos: { edges: [{ node: video }] },
  });
});

test('every relation leads back', async () => {
  const { project } = await api.ask<{ project: unknown }>(
    `query ($id: ID!) {
      project(id: $id) {
        scenes { project { id } keyframes { scene { project { id } } } clip { scene { project { id } } } }
        runs { edges { node { project { id } workspace { projects { edges { node { id } } } } } } }
        videos { edges { node { project { id } run { project { id } videos { edges { node { project { id } } } } } } } }
      }
    }`,
    { id },
  );
  const ids = JSON.stringify(project).match(/project_[0-9a-f-]+/g) ?? [];
  expect(ids.length).toBeGreaterThan(8);
  expect(new Set(ids)).toEqual(new Set([id]));
});

test('moments are ISO 8601 in UTC with milliseconds', async () => {
  const { project } = await api.ask<{ project: { createdAt: string } }>(
    'query ($id: ID!) { project(id: $id) { createdAt } }',
    { id },
  );
  expect(project.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('addresses are on the origin that the client came to', async () => {
  const url = api.api.url.replace('127.0.0.1', 'localhost');
  const response = await fetch(`${url}/graphql?query={videos(first:1){edges{node{url}}}}`);
  expect(await response.text()).toContain(`"url":"${url}/media/`);
});

test('a clip shows its address in Cloud Storage, and no other that its provider gave', async () => {
  const [sceneId = ''] = film.sceneIds;
  const where = { sceneId, supersededAt: null };
  const shown = async (resultUri: string) => {
    await api.db.videoClip.updateMany({ where, data: { resultUri } });
    const { scene } = await api.ask<{ scene: { clip: { gcsUri: string | null } } }>(
      'query ($id: ID!) { scene(id: $id) { clip { gcsUri } } }',
      { id: encodeGlobalId('Scene', sceneId) },
    );
    return scene.clip.gcsUri;
  };
  expect(await shown('gs://films/a.mp4')).toBe('gs://films/a.mp4');
  expect(await shown('https://google.test/v1beta/files/a:download')).toBeNull();
  expect(await shown('projects/a/operations/b')).toBeNull();
});
