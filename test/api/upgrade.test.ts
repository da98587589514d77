/** From a free preview to the film that is paid for, on one project. */
import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeGlobalId, encodeGlobalId } from '../../src/core/ids.ts';
import { book } from '../../src/features/budget/reservation.ts';
import { keyframeSubject } from '../../src/features/keyframes/keyframe-subject.ts';
import { reserve } from '../../src/features/runs/engine/reserve.ts';
import { requireFilmProvider } from '../../src/features/projects/film-provider.ts';
import { providers } from '../../src/providers/registry.ts';
import { changed } from '../support/changed.ts';
import { paidProvider } from '../support/paid-provider/adapter.ts';
import { seedFilm, seedProject } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { usePaidProvider } from '../support/use-paid-provider.ts';
import { followRun } from './support/follow-run.ts';
import { mutate } from './support/mutate.ts';

let client: Client;
const server = usePaidProvider({ operationMs: 100 });
beforeAll(() => {
  providers.GOOGLE = { ...paidProvider(server.url, { pollSeconds: 0.1 }), name: 'GOOGLE' };
});
const api = useTestApi({ workers: 2 });
beforeAll(() => {
  client = api.connect();
});
afterAll(async () => {
  delete providers.GOOGLE;
  await client.dispose();
});

const upgrade = (projectId: string, provider = 'GOOGLE') =>
  mutate<{ project: { id: string; provider: string; status: string; scenes: { id: string }[] } }>(
    api,
    'upgradeProject',
    { projectId, provider },
    'project { id provider status scenes { id } }',
  );

const global = (id: string) => encodeGlobalId('Project', id);

test(
  'a preview becomes the paid film: the storyboard and its ids stay, and only what is missing is bought',
  { tags: 'long' },
  async () => {
    const prompt = 'A fox wakes. A hare runs.';
    const made = await mutate<{ project: { id: string } }>(
      api,
      'generateFilm',
      { prompt, targetClipDuration: 1, targetDuration: 2 },
      'project { id } run { id status version }',
    );
    const id = made.project?.id ?? '';
    await followRun(client, made.run?.id ?? '');
    const projectId = decodeGlobalId(id)?.id ?? '';
    const before = await api.db.scene.findMany({ where: { projectId }, orderBy: { sceneIndex: 'asc' } });

    const { project } = await upgrade(id);
    expect(project).toMatchObject({
      id,
      provider: 'GOOGLE',
      status: 'PENDING',
      scenes: before.map((scene) => ({ id: encodeGlobalId('Scene', scene.id) })),
    });
    const { project: asked } = await api.ask<{ project: { estimate: { totalMicroUsd: object } } }>(
      'query ($id: ID!) { project(id: $id) { estimate { totalMicroUsd { low high } } } }',
      { id },
    );
    expect(asked.estimate.totalMicroUsd).toEqual({ low: 320_000, high: 320_000 });

    const { run } = await mutate(api, 'launchRun', { projectId: id });
    const heard = await followRun(client, run?.id ?? '');
    expect(heard.at(-1)).toMatchObject({ status: 'COMPLETED' });
    const bought = await server.ledger();
    expect(bought.map(({ kind }) => kind).toSorted()).toEqual([
      'CLIP',
      'CLIP',
      'KEYFRAME',
      'KEYFRAME',
      'KEYFRAME',
    ]);

    const scenes = await api.db.scene.findMany({
      where: { projectId },
      orderBy: { sceneIndex: 'asc' },
      include: { clips: true, keyframes: true },
    });
    expect(scenes.map((scene) => scene.startFramePrompt)).toEqual(
      before.map((scene) => scene.startFramePrompt),
    );
    for (const { clips, keyframes } of scenes) {
      expect(clips.filter(({ supersededAt }) => supersededAt === null)).toHaveLength(1);
      expect(clips).toHaveLength(2);
      expect(keyframes.filter(({ supersededAt }) => supersededAt === null)).toHaveLength(2);
      expect(keyframes).toHaveLength(4);
    }
    expect(await api.db.video.count({ where: { projectId } })).toBe(2);
  },
);

describe('a project is not upgraded', () => {
  test('while a run is live', async () => {
    const id = await seedProject(api.db, { title: 'Busy' });
    await api.db.pipelineRun.create({
      data: { id, workspaceId: api.ctx.actor.workspaceId, projectId: id, kind: 'FILM', status: 'PAUSED' },
    });
    expect(await upgrade(global(id))).toMatchObject({ __typename: 'ConflictError', code: 'RUN_IN_PROGRESS' });
  });

  test('to the provider that makes it already', async () => {
    const id = await seedProject(api.db);
    const refusal = { __typename: 'InvalidInputError', path: ['provider'] };
    expect(await upgrade(global(id), 'ANIMATIC')).toMatchObject(refusal);
  });

  test('to a provider that cannot do what it asks for, which names what would work', async () => {
    const adapter = providers.GOOGLE;
    providers.GOOGLE = changed(requireFilmProvider('GOOGLE'), {
      STORYBOARD: { styles: ['documentary'] },
      CLIP: { aspectRatios: ['9:16'], seconds: { min: 6, max: 8 } },
    });
    const { projectId } = await seedFilm(api.ctx);
    const result = await upgrade(global(projectId));
    if (adapter) providers.GOOGLE = adapter;
    expect(result).toMatchObject({
      __typename: 'InvalidInputError',
      issues: [
        { path: ['style'], message: expect.stringContaining('documentary') },
        { path: ['aspectRatio'], message: expect.stringContaining('9:16') },
        { path: ['targetClipDuration'], message: expect.stringContaining('from 6 to 8') },
      ],
    });
    const kept = await api.db.keyframe.count({ where: { scene: { projectId }, supersededAt: null } });
    expect(kept).toBe(4);
  });

  test.each([
    ['of which nobody knows', { status: 'UNKNOWN' }],
    ['that is with its provider', { status: 'POLLING', operationName: 'operations/1' }],
    ['that may still come', { status: 'TIMED_OUT', operationName: 'operations/1' }],
  ] as const)('while it has a clip %s', async (_what, data) => {
    const { projectId, sceneIds } = await seedFilm(api.ctx);
    const where = { sceneId: sceneIds[1] ?? '', supersededAt: null };
    await api.db.videoClip.updateMany({ where, data: { ...data, localPath: null, durationSeconds: null } });
    expect(await upgrade(global(projectId))).toMatchObject({
      __typename: 'ConflictError',
      code: 'OUTCOME_UNKNOWN',
      message: expect.stringContaining('scene 2'),
    });
  });

  test('while nobody knows whether one of its frames was charged', async () => {
    const { projectId, runId } = await seedFilm(api.ctx);
    const operationKey = await api.db.$transaction(async (tx) => {
      const run = await tx.pipelineRun.findUniqueOrThrow({ where: { id: runId } });
      const quote = { resolution: null, likely: { IMAGE: 1 }, most: { IMAGE: 1 } };
      const subject = keyframeSubject(projectId, 'END');
      const intent = { provider: 'GOOGLE', call: 'KEYFRAME', quote, subject } as const;
      const { reservation } = await reserve(tx, run, intent);
      await book(tx, api.ctx.actor, reservation.operationKey, 'UNKNOWN');
      return reservation.operationKey;
    });
    expect(await upgrade(global(projectId))).toMatchObject({
      __typename: 'ConflictError',
      code: 'OUTCOME_UNKNOWN',
      message: expect.stringContaining(operationKey),
    });
  });
});
