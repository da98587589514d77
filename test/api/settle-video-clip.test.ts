import { beforeEach, describe, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { scopeOf } from '../../src/core/scopes.ts';
import { type Seed, seedFilm } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { mutate } from './support/mutate.ts';

let film: Seed;
let bareClipId: string;
let videoClipId: string;
const api = useTestApi();

/** A film that ended without its first scene: nobody knows whether its clip was bought. */
beforeEach(async () => {
  film = await seedFilm(api.ctx);
  const [sceneId = ''] = film.sceneIds;
  const current = { sceneId, supersededAt: null };
  ({ id: bareClipId } = await api.db.videoClip.findFirstOrThrow({ where: current }));
  videoClipId = encodeGlobalId('VideoClip', bareClipId);
  await api.db.videoClip.update({
    where: { id: bareClipId },
    data: {
      status: 'UNKNOWN',
      localPath: null,
      durationSeconds: null,
      errorMessage: 'Nobody knows.',
      completedAt: new Date(),
    },
  });
  await api.db.scene.update({ where: { id: sceneId }, data: { status: 'FAILED' } });
  await api.db.project.update({
    where: { id: film.projectId },
    data: { status: 'COMPLETE', errorMessage: 'Without scene 1.' },
  });
  await api.db.pipelineRun.update({ where: { id: film.runId }, data: { status: 'PARTIAL' } });
});

type Settled = {
  videoClip: {
    status: string;
    operationName: string | null;
    errorMessage: string | null;
    scene: { status: string };
  };
};

const settle = (input: object) =>
  mutate<Settled>(
    api,
    'settleUnknownVideoClip',
    { videoClipId, ...input },
    'videoClip { status operationName errorMessage scene { status } } run { id status version }',
  );

const videoClipRow = () => api.db.videoClip.findUniqueOrThrow({ where: { id: bareClipId } });

/** What the log tells of the project, without what its run did. */
const told = async () => {
  const entries = await api.db.auditLog.findMany({
    where: {
      scopes: { has: scopeOf('Project', film.projectId) },
      subjectType: { in: ['VideoClip', 'Scene'] },
    },
    orderBy: { sequence: 'asc' },
  });
  return entries.map(({ message }) => message);
};

describe('a clip of which nobody knew', () => {
  test('that was charged for stays a gap, and costs nothing more', async () => {
    const { videoClip: clip, run } = await settle({ outcome: 'WAS_CHARGED' });
    expect(clip).toMatchObject({ status: 'LOST', operationName: null, scene: { status: 'FAILED' } });
    expect(clip?.errorMessage).toContain('retry the scene');
    expect(run).toBeNull();
    expect(await told()).toEqual([expect.stringMatching(/^Clip of scene 1 is LOST: /)]);
    expect(await api.db.pipelineRun.count({ where: { projectId: film.projectId } })).toBe(1);
  });

  test('that was never taken is to be bought, by a new run', async () => {
    const { videoClip: clip, run } = await settle({ outcome: 'NOT_CHARGED' });
    expect(clip).toEqual({
      status: 'PENDING',
      operationName: null,
      errorMessage: null,
      scene: { status: 'KEYFRAMES_DONE' },
    });
    expect(run).toMatchObject({ status: 'QUEUED' });
    expect(run?.id).not.toBe(encodeGlobalId('PipelineRun', film.runId));
    expect(await told()).toEqual(['Clip of scene 1 is PENDING.', 'Scene 1 is KEYFRAMES_DONE: settled']);
  });

  test('that has an operation is asked about at once, by a new run', async () => {
    const { videoClip: clip, run } = await settle({
      outcome: 'HAS_OPERATION',
      operationName: ' operations/7 ',
    });
    expect(clip).toEqual({
      status: 'POLLING',
      operationName: 'operations/7',
      errorMessage: null,
      scene: { status: 'VIDEO_GENERATING' },
    });
    expect(run).toMatchObject({ status: 'QUEUED' });
    const { nextPollAt, completedAt } = await videoClipRow();
    expect(nextPollAt?.getTime()).toBeLessThanOrEqual(Date.now());
    expect(completedAt).toBeNull();
    expect(await told()).toEqual(['Clip of scene 1 is POLLING.', 'Scene 1 is VIDEO_GENERATING: settled']);
  });

  test('is settled once', async () => {
    await settle({ outcome: 'WAS_CHARGED' });
    for (const input of [{ outcome: 'NOT_CHARGED' }, { outcome: 'WAS_CHARGED' }]) {
      expect(await settle(input)).toMatchObject({
        __typename: 'ConflictError',
        code: 'OUTCOME_KNOWN',
        path: ['videoClipId'],
      });
    }
  });

  test('by two at once is settled once', async () => {
    const answers = await Promise.all([1, 2].map(() => settle({ outcome: 'NOT_CHARGED' })));
    const named = answers.map(({ __typename, code }) => code ?? __typename);
    expect(named.toSorted()).toEqual(['OUTCOME_KNOWN', 'SettleUnknownVideoClipPayload']);
  });

  test('keeps its scene from being bought again', async () => {
    const sceneId = encodeGlobalId('Scene', film.sceneIds[0] ?? '');
    expect(await mutate(api, 'retryScene', { sceneId })).toMatchObject({
      __typename: 'ConflictError',
      code: 'OUTCOME_UNKNOWN',
      path: ['sceneId'],
    });
    await settle({ outcome: 'WAS_CHARGED' });
    expect(await mutate(api, 'retryScene', { sceneId })).toMatchObject({ run: { status: 'QUEUED' } });
    expect((await videoClipRow()).supersededAt).toBeInstanceOf(Date);
  });
});

test.each([
  { outcome: 'HAS_OPERATION' },
  { outcome: 'HAS_OPERATION', operationName: null },
  { outcome: 'HAS_OPERATION', operationName: '  ' },
  { outcome: 'HAS_OPERATION', operationName: 'x'.repeat(501) },
  { outcome: 'WAS_CHARGED', operationName: 'operations/7' },
  { outcome: 'NOT_CHARGED', operationName: 'operations/7' },
])('an operation’s name goes with HAS_OPERATION alone: %o', async (input) => {
  const before = await videoClipRow();
  expect(await settle(input)).toMatchObject({
    __typename: 'InvalidInputError',
    code: 'INVALID_INPUT',
    issues: [{ path: ['operationName'] }],
  });
  expect(await videoClipRow()).toEqual(before);
});
