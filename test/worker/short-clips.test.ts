/** Clips that come shorter than they were ordered, or of another shape: the film is made all the same. */
import { scopeOf } from '../../src/core/scopes.ts';
import { join } from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateFilm, launchRun, stitchFilm } from '../../src/features/pipelines/confirm/launch.ts';
import { drawClips, testDirectory } from '../media/support/clips.ts';
import { runEnd } from '../support/run-end.ts';
import { openTestPlatform, type TestPlatform } from '../support/test-platform.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform({ workers: 2 });
});
afterAll(() => platform.remove());

const CROSSFADE = { crossfadeSeconds: 0.5, idempotencyKey: null };

test(
  'a clip of one frame shortens its crossfades, and the run warns instead of failing',
  { tags: 'long' },
  async () => {
    const ask = { prompt: 'A lighthouse. A storm. A calm.', targetClipDuration: 1, targetDuration: 3 };
    const { project, run } = await generateFilm(platform.ctx, { ...ask, ...CROSSFADE, stopAfter: 'CLIPS' });
    await runEnd(platform.ctx, run.id);
    await replaceVideoClip(project.id, 0, 24);
    await replaceVideoClip(project.id, 1, 1);

    const next = await launchRun(platform.ctx, { projectId: project.id, ...CROSSFADE, stopAfter: null });
    expect(await runEnd(platform.ctx, next.id)).toMatchObject({ status: 'COMPLETED', errorMessage: null });

    const [warning, ...others] = await warningsOf(next.id);
    expect(others).toEqual([]);
    expect(warning?.message).toBe(
      'The crossfade of 0.50 s is shorter where a clip is: a hard cut after scene 1, a hard cut after scene 2. It takes at most half of a clip.',
    );
    expect(warning?.details).toMatchObject({
      joins: [
        { sceneIndex: 0, seconds: 0 },
        { sceneIndex: 1, seconds: 0 },
      ],
    });
    const film = await platform.db.video.findFirstOrThrow({ where: { runId: next.id } });
    const end = 2 + 1 / 24;
    expect(film.durationSeconds).toBeCloseTo(end, 6);
    expect(film.chapters).toMatchObject([
      { startSeconds: 0, endSeconds: 1 },
      { startSeconds: 1, endSeconds: 1 + 1 / 24 },
      { startSeconds: 1 + 1 / 24, endSeconds: end },
    ]);

    const poster = await loadImage(platform.storage.locationOf(film.posterPath ?? ''));
    expect([poster.width, poster.height]).toEqual([film.width, film.height]);

    const again = await stitchFilm(platform.ctx, { projectId: project.id, ...CROSSFADE });
    expect(await runEnd(platform.ctx, again.id)).toMatchObject({ status: 'COMPLETED' });
    expect(await warningsOf(again.id)).toHaveLength(1);
  },
);

test(
  'clips of another shape are cropped or padded, and the run warns of each kind',
  { tags: 'long', timeout: 180_000 },
  async () => {
    const ask = { prompt: 'A lighthouse. A storm. A calm.', targetClipDuration: 1, targetDuration: 3 };
    const plan = { crossfadeSeconds: 0, idempotencyKey: null };
    const { project, run } = await generateFilm(platform.ctx, { ...ask, ...plan, stopAfter: 'CLIPS' });
    await runEnd(platform.ctx, run.id);
    await replaceVideoClip(project.id, 0, 24, { width: 68, height: 36 });
    await replaceVideoClip(project.id, 2, 24, { width: 36, height: 36 });

    const next = await launchRun(platform.ctx, { projectId: project.id, ...plan, stopAfter: null });
    expect(await runEnd(platform.ctx, next.id)).toMatchObject({ status: 'COMPLETED', errorMessage: null });
    expect((await warningsOf(next.id)).map(({ message }) => message).toSorted()).toEqual([
      'The clip of scene 1 has nearly the shape of the film: it fills the frame, and loses a little at two edges.',
      'The clip of scene 3 has another shape than the film: it is shown whole, between black bars.',
    ]);
  },
);

const warningsOf = (runId: string) =>
  platform.db.auditLog.findMany({
    where: { scopes: { has: scopeOf('PipelineRun', runId) }, level: 'WARNING' },
  });

/** Another provider's clip in its place: of another size, and as long as it likes. */
async function replaceVideoClip(
  projectId: string,
  sceneIndex: number,
  frames: number,
  size: { width?: number; height?: number } = {},
) {
  const { id, localPath } = await platform.db.videoClip.findFirstOrThrow({
    where: { scene: { projectId, sceneIndex }, supersededAt: null },
  });
  const directory = await testDirectory();
  await drawClips(directory, { name: 'short.mp4', frames, ...size });
  await platform.storage.keep(join(directory, 'short.mp4'), localPath ?? '');
  await platform.db.videoClip.update({ where: { id }, data: { durationSeconds: frames / 24 } });
}
