/** Films by Google's models with reference images: what is drawn, what is filmed, and what it costs. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ReferenceImage } from '../../src/generated/prisma/client.ts';
import { type GoogleFilm, type GoogleStudio, openGoogleStudio } from '../support/google-film.ts';
import type { Surface } from '../support/google-server/start.ts';
import { makeReferencedFilm } from '../support/referenced-film.ts';

async function openStudio(surface: Surface) {
  const studio = await openGoogleStudio(surface);
  onTestFinished(() => studio.remove());
  return studio;
}

/** What the server would know the stored pictures by. */
const digestsOf = ({ platform }: GoogleStudio, references: ReferenceImage[]) =>
  Promise.all(
    references.map(async ({ filePath }) =>
      createHash('sha256')
        .update(await readFile(platform.storage.locationOf(filePath)))
        .digest('hex'),
    ),
  );

const scenesOf = ({ platform }: GoogleStudio, { projectId }: GoogleFilm) =>
  platform.db.scene.findMany({
    where: { projectId },
    orderBy: { sceneIndex: 'asc' },
    include: { keyframes: true },
  });

describe.each<Surface>(['GEMINI', 'VERTEX'])('on %s', (surface) => {
  test('clips are filmed from the reference images, and no frame is drawn or paid for', async () => {
    const studio = await openStudio(surface);
    const film = studio.film();
    const made = await makeReferencedFilm(studio.platform.ctx, film, {
      clipsFrom: 'REFERENCE_IMAGES',
      scenes: 2,
      stopAfter: null,
    });
    expect(made.run).toMatchObject({ status: 'COMPLETED', errorCode: null });

    expect(await film.bought('KEYFRAME')).toEqual([]);
    const pictures = await digestsOf(studio, made.references);
    for (const scene of [1, 2] as const) expect((await film.onlyClip(scene)).pictures).toEqual(pictures);
    expect((await scenesOf(studio, film)).map(({ status, keyframes }) => [status, keyframes])).toEqual([
      ['VIDEO_DONE', []],
      ['VIDEO_DONE', []],
    ]);
    // Veo films eight seconds from reference images, Omni what is asked for.
    const seconds = surface === 'VERTEX' ? 16 : 8;
    expect((await film.newestFilm()).durationSeconds).toBeCloseTo(seconds, 0);

    const warnings = made.estimate.warnings.map(({ code }) => code);
    expect(warnings.includes('VIDEO_CLIP_LENGTH_CHANGED')).toBe(surface === 'VERTEX');
    const { stages, totalMicroUsd } = made.estimate;
    expect(stages.find(({ stage }) => stage === 'KEYFRAMES')?.calls.high).toBe(0);
    const settled = await film.bill();
    expect(await film.cost()).toEqual({ settled, reserved: 0, unknown: 0 });
    expect(settled).toBeGreaterThanOrEqual(totalMicroUsd.low);
    expect(settled).toBeLessThanOrEqual(totalMicroUsd.high);
  });
});

test('frames are drawn from the reference images, and clips from the frames alone', async () => {
  const studio = await openStudio('VERTEX');
  const film = studio.film();
  const { run, references } = await makeReferencedFilm(studio.platform.ctx, film, {
    clipsFrom: 'KEYFRAMES',
    scenes: 1,
    stopAfter: 'CLIPS',
  });
  expect(run.status).toBe('COMPLETED');
  const pictures = await digestsOf(studio, references);
  const frames = await film.bought('KEYFRAME');
  expect(frames.map(({ subject, pictures: sent }) => [subject.split(' ')[0], sent.slice(0, 2)])).toEqual([
    ['START', pictures],
    ['END', pictures],
  ]);
  expect(frames.map(({ pictures: sent }) => sent.length)).toEqual([2, 3]);
  const clip = await film.onlyClip(1);
  expect(clip.pictures).toHaveLength(2);
  expect(clip.pictures).not.toEqual(pictures);
});

test('refused by the safety filter to the last rung, a clip is tried with other words and no frame is drawn', async () => {
  const studio = await openStudio('VERTEX');
  const film = studio.film();
  await film.fault('SUBMIT', 1, { kind: 'ENDS', end: 'FILTERED' }, 2);
  const { run } = await makeReferencedFilm(studio.platform.ctx, film, {
    clipsFrom: 'REFERENCE_IMAGES',
    scenes: 1,
    stopAfter: 'CLIPS',
  });
  expect(run).toMatchObject({ status: 'COMPLETED', errorCode: null });
  expect(await film.bought('KEYFRAME')).toEqual([]);
  expect((await film.bought('CLIP', 1)).map(({ refunded }) => refunded)).toEqual([true, true, false]);
  const rungs = (await film.events('WARNING')).map(({ message }) => message);
  expect(
    rungs.filter((message) => message.includes('tried again with a prompt softened more. It')),
  ).toHaveLength(1);
});
