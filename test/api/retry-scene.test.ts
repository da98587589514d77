import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeGlobalId, encodeGlobalId } from '../../src/core/ids.ts';
import { scopeOf } from '../../src/core/scopes.ts';
import { readCap, setCap } from '../../src/features/budget/cap.ts';
import { runScope } from '../../src/features/runs/run-subject.ts';
import { lockRun } from '../../src/features/runs/run.sql.ts';
import { moveProject } from '../../src/features/projects/project-state.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { useCopiedFilms } from '../support/use-copied-films.ts';
import { followRun } from './support/follow-run.ts';
import { mutate } from './support/mutate.ts';

const FILM_MILLISECONDS = 120_000;

const bare = (id: string) => decodeGlobalId(id)?.id ?? '';

describe('a scene of a complete film', () => {
  useCopiedFilms();
  const api = useTestApi({ workers: 2 });
  let client: Client;
  beforeAll(() => {
    client = api.connect();
  });
  afterAll(() => client.dispose());

  const madeOf = async (projectId: string) => ({
    keyframes: await api.db.keyframe.findMany({ where: { scene: { projectId } }, orderBy: { id: 'asc' } }),
    clips: await api.db.videoClip.findMany({ where: { scene: { projectId } }, orderBy: { id: 'asc' } }),
    videos: await api.db.video.findMany({ where: { projectId }, orderBy: { id: 'asc' } }),
  });

  test(
    'is made again from its frames, into a second film; all that was made before stays',
    { timeout: FILM_MILLISECONDS, tags: 'long' },
    async () => {
      const input = { prompt: 'A lighthouse. A storm.', targetClipDuration: 1, crossfadeSeconds: 0.25 };
      const { project, run } = await mutate<{ project: { id: string } }>(
        api,
        'generateFilm',
        input,
        'project { id } run { id }',
      );
      expect((await followRun(client, run?.id ?? '')).at(-1)).toMatchObject({ status: 'COMPLETED' });
      const projectId = bare(project?.id ?? '');
      const before = await madeOf(projectId);
      const scene = await api.db.scene.findFirstOrThrow({ where: { projectId, sceneIndex: 1 } });

      const retried = await mutate(api, 'retryScene', { sceneId: encodeGlobalId('Scene', scene.id) });
      expect(retried.run?.id).not.toBe(run?.id);
      expect((await followRun(client, retried.run?.id ?? '')).at(-1)).toMatchObject({ status: 'COMPLETED' });

      const after = await madeOf(projectId);
      expect(after.keyframes).toEqual(before.keyframes);
      const old = before.clips.find(({ sceneId }) => sceneId === scene.id);
      const other = before.clips.find(({ sceneId }) => sceneId !== scene.id);
      expect(after.clips).toHaveLength(3);
      expect(after.clips).toContainEqual(other);
      const version = (old?.version ?? 0) + 1;
      const why = { supersededBecause: 'RETRIED', supersededReason: 'The scene is made again.' };
      expect(after.clips).toContainEqual({ ...old, ...why, version, supersededAt: expect.any(Date) as Date });
      const current = after.clips.find(({ sceneId, supersededAt }) => sceneId === scene.id && !supersededAt);
      expect(current).toMatchObject({ status: 'COMPLETE', revision: 2, replacesId: old?.id });
      for (const clip of after.clips) expect(await api.storage.size(clip.localPath ?? '')).toBeGreaterThan(0);

      expect(after.videos).toHaveLength(2);
      expect(after.videos).toContainEqual(before.videos[0]);
      expect(after.videos[1]).toMatchObject({
        runId: bare(retried.run?.id ?? ''),
        crossfadeSeconds: 0.25,
        durationSeconds: expect.closeTo(before.videos[0]?.durationSeconds ?? 0, 1) as number,
      });
      const log = await api.db.auditLog.findMany({
        where: { scopes: { has: scopeOf('Project', projectId) }, subjectId: scene.id },
      });
      expect(log.map(({ message }) => message)).toContain('Scene 2 is KEYFRAMES_DONE: to be made again');
    },
  );
});

describe('a scene of a live run', () => {
  const api = useTestApi();

  const liveRun = { status: 'RUNNING', stage: 'CLIPS', completedAt: null } as const;

  /** A film in the middle of its clips, its first scene in `status`; the scene's id. */
  async function seedScene(
    status: 'VIDEO_DONE' | 'VIDEO_GENERATING' | 'FAILED',
    clip: 'COMPLETE' | 'SUBMITTED' | 'FAILED',
  ) {
    const { projectId, sceneIds, runId } = await seedFilm(api.ctx);
    const [id = '', second = ''] = sceneIds;
    await api.db.pipelineRun.update({ where: { id: runId }, data: liveRun });
    await api.db.project.update({ where: { id: projectId }, data: { status: 'GENERATING_VIDEO' } });
    await api.db.scene.update({ where: { id }, data: { status } });
    await api.db.videoClip.updateMany({ where: { sceneId: id, supersededAt: null }, data: { status: clip } });
    await api.db.videoClip.deleteMany({ where: { sceneId: second, supersededAt: null } });
    await api.db.scene.update({ where: { id: second }, data: { status: 'KEYFRAMES_DONE' } });
    return { sceneId: encodeGlobalId('Scene', id), id, runId, projectId };
  }

  test.each([
    ['VIDEO_DONE', 'COMPLETE', 'SCENE_COMPLETE'],
    ['VIDEO_GENERATING', 'SUBMITTED', 'RUN_IN_PROGRESS'],
  ] as const)('that is %s is left alone', async (status, clip, code) => {
    const { sceneId, id } = await seedScene(status, clip);
    const before = await api.db.videoClip.findMany({ where: { sceneId: id } });
    expect(await mutate(api, 'retryScene', { sceneId })).toMatchObject({
      __typename: 'ConflictError',
      code,
      path: ['sceneId'],
    });
    expect(await api.db.videoClip.findMany({ where: { sceneId: id } })).toEqual(before);
  });

  test('that failed is made again by that run', async () => {
    const { sceneId, id, runId } = await seedScene('FAILED', 'FAILED');
    const { run } = await mutate(api, 'retryScene', { sceneId });
    expect(run).toMatchObject({ id: encodeGlobalId('PipelineRun', runId), status: 'RUNNING' });
    expect(await api.db.videoClip.count({ where: { sceneId: id, supersededAt: null } })).toBe(0);
    expect(await api.db.scene.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: 'KEYFRAMES_DONE',
    });
  });

  test.each([
    ['decomposed letters', 'Ein F\u{FC}chslein wacht.', 'Ein Fu\u{308}chslein wacht.'],
    ['other ends of lines', 'A fox.\nIt wakes.', 'A fox.\r\nIt wakes.'],
  ])('that failed keeps its frames for the same words with %s', async (_name, kept, sent) => {
    const { sceneId, id } = await seedScene('FAILED', 'FAILED');
    const words = { startFramePrompt: kept, endFramePrompt: kept, videoMotionPrompt: kept };
    await api.db.scene.update({ where: { id }, data: words });
    const frames = { where: { sceneId: id }, orderBy: { id: 'asc' } } as const;
    const before = await api.db.keyframe.findMany(frames);
    expect(
      await mutate(api, 'retryScene', {
        sceneId,
        startFramePrompt: sent,
        endFramePrompt: sent,
        videoMotionPrompt: sent,
      }),
    ).toMatchObject({ run: { status: 'RUNNING' } });
    expect(await api.db.keyframe.findMany(frames)).toEqual(before);
    expect(await api.db.scene.findUniqueOrThrow({ where: { id } })).toMatchObject({
      ...words,
      status: 'KEYFRAMES_DONE',
    });
    // A last frame in other words is drawn anew: so much for what the same words save.
    const other = await seedScene('FAILED', 'FAILED');
    await mutate(api, 'retryScene', { sceneId: other.sceneId, endFramePrompt: 'A hare.' });
    const gone = { sceneId: other.id, supersededAt: { not: null } };
    expect(await api.db.keyframe.count({ where: gone })).toBe(1);
  });

  test('that failed in a run which a cap holds lets it go on, if the retry raises the cap', async () => {
    const { sceneId, runId } = await seedScene('FAILED', 'FAILED');
    const held = { status: 'PAUSED', errorCode: 'BUDGET_EXCEEDED' } as const;
    await api.db.pipelineRun.update({ where: { id: runId }, data: held });
    await api.db.$transaction((tx) => setCap(tx, api.ctx.actor.workspaceId, runScope(runId), 5));
    const { run } = await mutate(api, 'retryScene', { sceneId, maxCostCents: 500 });
    expect(run).toMatchObject({ id: encodeGlobalId('PipelineRun', runId), status: 'QUEUED' });
    expect(await api.db.pipelineRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
      errorCode: null,
    });
    expect(await readCap(api.db, runScope(runId))).toBe(500);
  });

  test('whose clip was not begun when its run was cancelled takes other words', async () => {
    const { sceneId, id, runId } = await seedScene('VIDEO_GENERATING', 'SUBMITTED');
    await api.db.videoClip.updateMany({ where: { sceneId: id }, data: { status: 'PENDING' } });
    const live = await mutate(api, 'retryScene', { sceneId, narration: 'Other words.' });
    expect(live).toMatchObject({ code: 'RUN_IN_PROGRESS' });
    const ended = { status: 'CANCELLED', completedAt: new Date() } as const;
    await api.db.pipelineRun.update({ where: { id: runId }, data: ended });
    expect(await mutate(api, 'retryScene', { sceneId, narration: 'Other words.' })).toMatchObject({
      run: { status: 'QUEUED' },
    });
    expect(await api.db.scene.findUniqueOrThrow({ where: { id } })).toMatchObject({
      narration: 'Other words.',
      status: 'KEYFRAMES_DONE',
    });
    expect(await api.db.videoClip.count({ where: { sceneId: id, supersededAt: null } })).toBe(0);
  });

  test('is retried while a worker ends a stage of that run: neither stands in the other’s way', async () => {
    const { sceneId, runId, projectId } = await seedScene('FAILED', 'FAILED');
    await api.db.project.update({ where: { id: projectId }, data: { status: 'KEYFRAMING' } });
    const held = Promise.withResolvers<void>();
    const worker = api.db.$transaction(async (tx) => {
      await lockRun(tx, runId);
      held.resolve();
      await sleep(150);
      const project = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
      await moveProject(tx, api.ctx.actor, project, runId, 'GENERATING_VIDEO');
    });
    await held.promise;
    expect(await mutate(api, 'retryScene', { sceneId })).toMatchObject({ run: { status: 'RUNNING' } });
    await worker;
  });

  test('of a complete film is retried by two at once: it is made again once', async () => {
    const { projectId, sceneIds } = await seedFilm(api.ctx);
    await api.db.project.update({ where: { id: projectId }, data: { status: 'COMPLETE' } });
    const [id = ''] = sceneIds;
    const sceneId = encodeGlobalId('Scene', id);
    const answers = await Promise.all([1, 2].map(() => mutate(api, 'retryScene', { sceneId })));
    const named = answers.map(({ __typename, code }) => code ?? __typename);
    expect(named.toSorted()).toEqual(['RUN_IN_PROGRESS', 'RetryScenePayload']);
    expect(await api.db.pipelineRun.count({ where: { projectId } })).toBe(2);
  });
});
