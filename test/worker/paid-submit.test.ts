/** Buying a clip, with trouble: what a person sees, and what the provider's own ledger says was paid. */
import { describe, expect, test } from 'vitest';
import { resumeProject } from '../../src/features/pipelines/control/control.ts';
import { replayDeadLetter } from '../../src/features/pipelines/control/replay-dead-letter.ts';
import { retryScene } from '../../src/features/pipelines/control/retry-scene.ts';
import { settleUnknownVideoClip } from '../../src/features/pipelines/control/settle-unknown-video-clip.ts';
import { usePaidStudio } from '../support/paid-film.ts';
import type { Trouble } from '../support/paid-provider/protocol.ts';

const studio = usePaidStudio({ timeLimitSeconds: 4 });

const ctx = () => studio.platform.ctx;

test.concurrent(
  '429: the time that the provider asks for is kept, told, and the clip bought once',
  { tags: 'long' },
  async () => {
    const film = studio.film();
    await film.fault('SUBMIT', 2, { kind: 'STATUS', status: 429, retryAfterSeconds: 3 });
    expect(await film.make()).toMatchObject({ status: 'COMPLETED', errorCode: null });

    const [warning, ...others] = await film.events('WARNING');
    expect(others).toEqual([]);
    expect(warning).toMatchObject({
      level: 'WARNING',
      subjectType: 'PipelineRun',
      message: expect.stringMatching(/^Step submit-clip failed \(try 1 of 5\).*again in 3(\.\d)? s:.*429/),
      details: { step: 'submit-clip', attempt: 1, tries: 5, delaySeconds: expect.any(Number) },
    });
    const { boughtAt } = await film.onlyClip(2);
    expect(Date.parse(boughtAt) - (warning?.time.getTime() ?? 0)).toBeGreaterThanOrEqual(3_000);
  },
);

test.concurrent('503: it is asked again after a while of our own choice', { tags: 'long' }, async () => {
  const film = studio.film({ scenes: 1 });
  await film.fault('SUBMIT', 1, { kind: 'STATUS', status: 503 });
  expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED', errorCode: null });
  expect(await film.events('WARNING')).toMatchObject([{ message: expect.stringContaining('503') }]);
  await film.onlyClip(1);
});

type Row = [name: string, trouble: Trouble, bought: 0 | 1];

const UNKNOWN: Row[] = [
  ['500', { kind: 'STATUS', status: 500 }, 0],
  ['reset', { kind: 'RESET' }, 0],
  ['reset after acceptance', { kind: 'RESET', accepted: true }, 1],
  ['no answer', { kind: 'HANG' }, 0],
  ['malformed answer', { kind: 'MALFORMED' }, 1],
];

describe('nobody knows whether the clip was bought', () => {
  test.concurrent.each(UNKNOWN)(
    '%s: it is not bought again until a person says',
    { tags: 'long' },
    async (_, trouble, bought) => {
      const film = studio.film();
      await film.fault('SUBMIT', 2, trouble);
      expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({
        status: 'PARTIAL',
        errorStage: 'CLIPS',
        errorCode: 'OUTCOME_UNKNOWN',
        errorMessage: expect.stringMatching(/^Without scene 2:.*settleUnknownVideoClip/),
      });
      expect(await film.scene(1)).toMatchObject({ status: 'VIDEO_DONE' });
      expect(await film.scene(2)).toMatchObject({ status: 'FAILED' });
      const clip = await film.clip(2);
      expect(clip).toMatchObject({
        status: 'UNKNOWN',
        operationName: null,
        errorMessage: expect.stringMatching(/^Nobody knows.*settleUnknownVideoClip.*POST clips/),
      });
      expect(await film.events('WARNING')).toContainEqual(
        expect.objectContaining({
          level: 'WARNING',
          subjectId: clip?.id,
          message: expect.stringContaining('Clip of scene 2 is UNKNOWN'),
        }),
      );
      const sold = await film.bought('CLIP', 2);
      expect(sold).toHaveLength(bought);

      // What a person who looks there finds.
      const [found] = sold;
      const outcome = found
        ? ({ kind: 'HAS_OPERATION', operationName: found.operationName ?? '' } as const)
        : ({ kind: 'NOT_CHARGED' } as const);
      const settled = await settleUnknownVideoClip(ctx(), {
        videoClipId: await film.videoClipId(2),
        outcome,
      });
      expect(await film.follow(settled.run).end()).toMatchObject({ status: 'COMPLETED', errorCode: null });
      expect(await film.onlyClip(1)).toMatchObject({ downloads: 1 });
      expect(await film.onlyClip(2)).toMatchObject({ state: 'DONE', downloads: 1 });
    },
  );

  test.concurrent(
    'the film is made without its scene, and a resumed project leaves it alone',
    { tags: 'long' },
    async () => {
      const film = studio.film();
      await film.fault('SUBMIT', 2, { kind: 'STATUS', status: 500 });
      await film.make();
      const withGap = { status: 'PARTIAL', errorMessage: expect.stringContaining('Without scene 2') };
      expect(await film.project()).toMatchObject(withGap);
      expect((await film.newestFilm()).durationSeconds).toBeCloseTo(1, 1);

      film.follow(await resumeProject(ctx(), { projectId: film.projectId }));
      expect(await film.end()).toMatchObject({ status: 'PARTIAL', errorCode: 'OUTCOME_UNKNOWN' });
      expect(await film.clip(2)).toMatchObject({ status: 'UNKNOWN' });
      expect(await film.bought('CLIP', 2)).toEqual([]);
    },
  );

  test.concurrent('a run that has no other clip says so', async () => {
    const film = studio.film({ scenes: 1 });
    await film.fault('SUBMIT', 1, { kind: 'STATUS', status: 500 });
    expect(await film.make()).toMatchObject({ status: 'FAILED', errorCode: 'OUTCOME_UNKNOWN' });
  });

  test.concurrent(
    'charged for nothing, it stays a gap until a person retries the scene',
    { tags: 'long' },
    async () => {
      const film = studio.film({ scenes: 1 });
      await film.fault('SUBMIT', 1, { kind: 'RESET', accepted: true });
      await film.make({ stopAfter: 'CLIPS' });
      const videoClipId = await film.videoClipId(1);
      const settled = await settleUnknownVideoClip(ctx(), { videoClipId, outcome: { kind: 'WAS_CHARGED' } });
      expect(settled).toMatchObject({ run: null, videoClip: { status: 'LOST' } });
      expect(await film.scene(1)).toMatchObject({ status: 'FAILED' });
      film.follow(await resumeProject(ctx(), { projectId: film.projectId }));
      expect(await film.end()).toMatchObject({ errorCode: 'VIDEO_CLIP_LOST' });
      await film.onlyClip(1);

      const { id: sceneId } = await film.scene(1);
      film.follow(await retryScene(ctx(), { sceneId }));
      expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
      expect(await film.bought('CLIP', 1)).toHaveLength(2);
    },
  );
});

test.concurrent('400: refused once, it is not asked again, and the provider’s words are told', async () => {
  const film = studio.film();
  await film.fault('SUBMIT', 2, { kind: 'STATUS', status: 400 });
  expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({
    status: 'PARTIAL',
    errorCode: 'PROVIDER_FAILED',
    errorMessage: expect.stringContaining('scene 2'),
  });
  const refusal = expect.stringContaining('400 {"error":"A scripted 400."}');
  expect(await film.clip(2)).toMatchObject({ status: 'FAILED', errorMessage: refusal });
  expect(await film.scene(2)).toMatchObject({ status: 'FAILED' });
  expect(await film.events('WARNING')).toMatchObject([
    { subjectType: 'VideoClip', level: 'ERROR', message: refusal },
    { subjectType: 'Scene', level: 'ERROR', message: refusal },
    { subjectType: 'PipelineRun', message: expect.stringContaining('scene 2') },
  ]);
  expect(await film.deadLetters()).toEqual([]);
  expect(await film.bought('CLIP', 2)).toEqual([]);
});

test.concurrent(
  '503 for ever: after five tries a dead letter is left, which finishes the film when it is replayed',
  { tags: 'long' },
  async () => {
    const film = studio.film();
    await film.fault('SUBMIT', 2, { kind: 'STATUS', status: 503, retryAfterSeconds: 0 }, 5);
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({
      status: 'PARTIAL',
      errorCode: 'PROVIDER_FAILED',
    });
    expect(await film.scene(2)).toMatchObject({ status: 'FAILED' });
    expect(await film.clip(2)).toMatchObject({
      status: 'FAILED',
      errorMessage: expect.stringContaining('503'),
    });
    const letters = await film.deadLetters();
    expect(letters).toMatchObject([
      { step: 'submit-clip', attempts: 5, errorCode: 'PROVIDER_FAILED', replayedAt: null },
    ]);
    expect(await film.bought('CLIP', 2)).toEqual([]);

    film.follow(await replayDeadLetter(ctx(), { deadLetterId: letters[0]?.id ?? '' }));
    expect(await film.end()).toMatchObject({ status: 'COMPLETED', errorCode: null });
    await film.onlyClip(1);
    await film.onlyClip(2);
  },
);
