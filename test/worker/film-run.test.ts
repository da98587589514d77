import { scopeOf } from '../../src/core/scopes.ts';
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { followLog } from '../../src/features/audit/live/read-log.ts';
import { cancelRun } from '../../src/features/pipelines/control/control.ts';
import { generateFilm, launchRun, stitchFilm } from '../../src/features/pipelines/confirm/launch.ts';
import { probe } from '../../src/media/read/probe.ts';
import { runEnd } from '../support/run-end.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform({ workers: 2 });

const ask = {
  prompt: 'A lighthouse wakes at dusk. A ship finds its way home.',
  targetClipDuration: 1,
  targetDuration: 2,
  stopAfter: null,
  crossfadeSeconds: 0,
  idempotencyKey: null,
} as const;

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

const ended = (runId: string) => runEnd(platform.ctx, runId);

test('a prompt becomes a film as long as its clips, and every row says so', async () => {
  const { project, run } = await generateFilm(platform.ctx, ask);
  expect(run.status).toBe('QUEUED');
  expect(await ended(run.id)).toMatchObject({ status: 'COMPLETED', percent: 100, errorMessage: null });

  const done = await platform.db.project.findUniqueOrThrow({
    where: { id: project.id },
    include: { scenes: { include: { keyframes: true, clips: true } }, videos: true },
  });
  expect(done.status).toBe('COMPLETE');
  expect(done.scenes.map(({ status }) => status)).toEqual(['VIDEO_DONE', 'VIDEO_DONE']);
  expect(done.scenes[1]?.keyframes.find(({ position }) => position === 'START')).toMatchObject({
    source: 'INHERITED',
    filePath: done.scenes[0]?.keyframes.find(({ position }) => position === 'END')?.filePath,
  });
  const [film] = done.videos;
  const file = platform.storage.locationOf(film?.filePath ?? '');
  expect(film?.crc32).toBe(BigInt(crc32(await readFile(file))));
  const measured = await probe(file);
  expect(measured).toMatchObject({ videoCodec: 'h264', audioCodec: 'aac', width: 1280, height: 720 });
  expect(Math.abs(measured.durationSeconds - 2)).toBeLessThanOrEqual(1 / 24);
  expect(film?.chapters).toMatchObject([{ startSeconds: 0 }, { endSeconds: expect.closeTo(2, 1) }]);
  expect((await stat(platform.storage.locationOf(film?.posterPath ?? ''))).size).toBeGreaterThan(1_000);
});

test(
  'asked to stop after the keyframes, a run stops there and the next one goes on',
  { tags: 'long' },
  async () => {
    const { project, run } = await generateFilm(platform.ctx, { ...ask, stopAfter: 'KEYFRAMES' });
    expect(await ended(run.id)).toMatchObject({ status: 'COMPLETED', stage: 'KEYFRAMES' });
    expect(await platform.db.videoClip.count({ where: { scene: { projectId: project.id } } })).toBe(0);
    const before = await platform.db.keyframe.findMany({ where: { scene: { projectId: project.id } } });

    const next = await launchRun(platform.ctx, { ...ask, projectId: project.id });
    expect(await ended(next.id)).toMatchObject({ status: 'COMPLETED', attempt: 2 });
    expect(await platform.db.keyframe.findMany({ where: { scene: { projectId: project.id } } })).toEqual(
      before,
    );
  },
);

test(
  'a finished film refuses another run, but is stitched anew with a crossfade',
  { tags: 'long' },
  async () => {
    const { project, run } = await generateFilm(platform.ctx, ask);
    await ended(run.id);
    await expect(launchRun(platform.ctx, { ...ask, projectId: project.id })).rejects.toMatchObject({
      code: 'ALREADY_COMPLETE',
    });
    const again = await stitchFilm(platform.ctx, {
      projectId: project.id,
      crossfadeSeconds: 0.5,
      idempotencyKey: null,
    });
    await ended(again.id);
    const films = await platform.db.video.findMany({
      where: { projectId: project.id },
      orderBy: { createdAt: 'asc' },
    });
    expect(films.map(({ durationSeconds }) => Math.round(durationSeconds * 10) / 10)).toEqual([2, 1.5]);
    // By its hash a film that is downloaded and brought in is known again; one that is the same byte for byte has none.
    const last = await stitchFilm(platform.ctx, { ...ask, projectId: project.id });
    expect(await ended(last.id)).toMatchObject({ status: 'COMPLETED' });
    const same = await platform.db.video.findFirstOrThrow({ where: { runId: last.id } });
    expect(same.sha256).toBeNull();
    for (const { filePath } of [...films, same]) {
      const sha256 = digest(await readFile(platform.storage.locationOf(filePath)));
      expect(await platform.db.video.count({ where: { sha256 } })).toBe(1);
    }
  },
);

test('a scene whose frame is gone fails alone, and the run names the gap', { tags: 'long' }, async () => {
  const { project, run } = await generateFilm(platform.ctx, { ...ask, stopAfter: 'KEYFRAMES' });
  await ended(run.id);
  const last = await platform.db.keyframe.findFirstOrThrow({
    where: { scene: { projectId: project.id, sceneIndex: 1 }, position: 'END' },
  });
  await platform.storage.remove(last.filePath);

  const next = await launchRun(platform.ctx, { ...ask, projectId: project.id });
  expect(await ended(next.id)).toMatchObject({
    status: 'PARTIAL',
    errorMessage: expect.stringContaining('scene 2'),
  });
  const scenes = await platform.db.scene.findMany({
    where: { projectId: project.id },
    orderBy: { sceneIndex: 'asc' },
  });
  expect(scenes.map(({ status }) => status)).toEqual(['VIDEO_DONE', 'FAILED']);
  const partial = await platform.db.project.findUniqueOrThrow({ where: { id: project.id } });
  expect(partial).toMatchObject({
    status: 'PARTIAL',
    errorMessage: expect.stringMatching(/^Without scene 2: /),
  });

  // A film that is cut anew lacks it all the same.
  const again = await stitchFilm(platform.ctx, { ...ask, projectId: project.id });
  expect(await ended(again.id)).toMatchObject({ status: 'COMPLETED' });
  expect(await platform.db.project.findUniqueOrThrow({ where: { id: project.id } })).toMatchObject({
    status: 'PARTIAL',
    errorMessage: 'The film lacks the scenes 2.',
  });
});

test(
  'a cancelled run stops working, keeps what is finished and can be launched again',
  { tags: 'long' },
  async () => {
    const { project, run } = await generateFilm(platform.ctx, {
      ...ask,
      targetClipDuration: 8,
      targetDuration: 16,
    });
    for await (const entry of await followLog(
      platform.ctx,
      { scope: scopeOf('PipelineRun', run.id), subjectTypes: ['VideoClip'] },
      '0',
    )) {
      if ((entry.details as { to: string }).to === 'SUBMITTED') break;
    }
    expect(await cancelRun(platform.ctx, { runId: run.id })).toMatchObject({ status: 'CANCELLED' });
    const scenes = await platform.db.scene.findMany({
      where: { projectId: project.id },
      orderBy: { sceneIndex: 'asc' },
    });
    expect(scenes.filter(({ status }) => status.endsWith('_GENERATING'))).toEqual([]);
    expect(scenes[0]).toMatchObject({ status: expect.stringMatching(/KEYFRAMES_DONE|VIDEO_DONE/) });
    expect(await cancelRun(platform.ctx, { runId: run.id })).toMatchObject({ status: 'CANCELLED' });

    const next = await launchRun(platform.ctx, { ...ask, projectId: project.id, stopAfter: 'KEYFRAMES' });
    expect(await ended(next.id)).toMatchObject({ status: 'COMPLETED' });
  },
);

test('of two launches at once exactly one wins', async () => {
  const { project, run } = await generateFilm(platform.ctx, { ...ask, stopAfter: 'STORYBOARD' });
  await ended(run.id);
  const launches = await Promise.allSettled(
    [1, 2, 3].map(() => launchRun(platform.ctx, { ...ask, projectId: project.id, stopAfter: 'KEYFRAMES' })),
  );
  const refused = launches.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(2);
  for (const { reason } of refused as PromiseRejectedResult[])
    expect(reason).toMatchObject({ code: 'RUN_IN_PROGRESS' });
});

test('a repeated idempotency key answers with the same run, for another request it is refused', async () => {
  const key = { ...ask, stopAfter: 'STORYBOARD', idempotencyKey: 'once' } as const;
  const [first, second] = await Promise.all([
    generateFilm(platform.ctx, key),
    generateFilm(platform.ctx, key),
  ]);
  expect(second.run.id).toBe(first.run.id);
  await expect(generateFilm(platform.ctx, { ...key, prompt: 'Another film.' })).rejects.toMatchObject({
    code: 'IDEMPOTENCY_CONFLICT',
    inputPath: ['idempotencyKey'],
  });
});

/** The storyboard as the provider gave it, and what identifies the bytes of each keyframe. */
async function makeKeyframes() {
  const { project, run } = await generateFilm(platform.ctx, { ...ask, stopAfter: 'KEYFRAMES' });
  await ended(run.id);
  const { storyboardRaw } = await platform.db.project.findUniqueOrThrow({ where: { id: project.id } });
  const frames = await platform.db.keyframe.findMany({
    where: { scene: { projectId: project.id } },
    orderBy: [{ scene: { sceneIndex: 'asc' } }, { position: 'asc' }],
  });
  const pictures = await Promise.all(
    frames.map(({ filePath }) => readFile(platform.storage.locationOf(filePath))),
  );
  return { storyboardRaw, digests: pictures.map(digest) };
}

test(
  'the same prompt again gives the same storyboard and the same keyframes, byte for byte',
  { tags: 'long' },
  async () => {
    const first = await makeKeyframes();
    expect(first.digests).toHaveLength(4);
    expect(await makeKeyframes()).toEqual(first);
  },
);
