/** Storyboards and keyframes are paid for too: trouble with them, what a person sees, and what the ledger says. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resumeProject } from '../../src/features/pipelines/control.ts';
import { openPaidStudio, type PaidStudio } from '../support/paid-film.ts';

let studio: PaidStudio;
beforeAll(async () => {
  studio = await openPaidStudio();
});
afterAll(() => studio.remove());

const NOT_YET = [429, 503] as const;

describe('a storyboard', () => {
  test.concurrent.each(NOT_YET)(
    '%i: it is asked for again after a while, and bought once',
    async (status) => {
      const film = studio.film();
      await film.fault('STORYBOARD', null, { kind: 'STATUS', status, retryAfterSeconds: 1 });
      expect(await film.make({ stopAfter: 'STORYBOARD' })).toMatchObject({
        status: 'COMPLETED',
        errorCode: null,
      });
      const [warning] = await film.events('WARNING');
      expect(warning).toMatchObject({
        message: expect.stringMatching(/^Step storyboard failed \(try 1 of 3\).*again in 1/),
        details: { step: 'storyboard', attempt: 1, tries: 3 },
      });
      const [sold, ...more] = await film.bought('STORYBOARD');
      expect(more).toEqual([]);
      expect(Date.parse(sold?.boughtAt ?? '') - Number(warning?.time)).toBeGreaterThanOrEqual(1_000);
    },
  );

  test.concurrent('of which nobody knows is not asked for again by itself, but by a resume', async () => {
    const film = studio.film();
    await film.fault('STORYBOARD', null, { kind: 'RESET', accepted: true });
    expect(await film.make()).toMatchObject({
      status: 'FAILED',
      errorStage: 'STORYBOARD',
      errorCode: 'PROVIDER_FAILED',
      errorMessage: expect.stringContaining('POST storyboards'),
    });
    expect(await film.project()).toMatchObject({ status: 'FAILED' });
    expect(await film.bought('STORYBOARD')).toHaveLength(1);

    film.follow(await resumeProject(studio.platform.ctx, { projectId: film.projectId }));
    expect(await film.end()).toMatchObject({ status: 'COMPLETED', errorCode: null });
    expect(await film.bought('STORYBOARD')).toHaveLength(2);
  });

  test.concurrent('that fits in none of three tries ends the run, with the last answer kept', async () => {
    const film = studio.film();
    // The test provider makes a scene of a sentence, and this one is longer than a scene may be told.
    const prompt = `A fox called ${film.tag} wakes${' and wakes'.repeat(500)}.`;
    expect(await film.make({ prompt })).toMatchObject({
      status: 'FAILED',
      errorStage: 'STORYBOARD',
      errorCode: 'STORYBOARD_INVALID',
      errorMessage: expect.stringMatching(/no usable storyboard in 3 tries: scenes\.0\.scene_description/),
    });
    expect(await film.project()).toMatchObject({
      status: 'FAILED',
      storyboardRaw: { scenes: [{ scene_description: expect.stringContaining(film.tag) }] },
    });
    expect(await film.events('ERROR')).toMatchObject([{ subjectType: 'PipelineRun', eventType: 'ERROR' }]);
    expect(await film.deadLetters()).toEqual([]);
    expect(await film.bought('STORYBOARD')).toHaveLength(3);
    expect(await film.bought('KEYFRAME')).toEqual([]);
  });
});

describe('a keyframe', () => {
  test.concurrent.each(NOT_YET)('%i: it is drawn after a while, and bought once', async (status) => {
    const film = studio.film({ scenes: 1 });
    await film.fault('KEYFRAME', 1, { kind: 'STATUS', status, retryAfterSeconds: 1 });
    expect(await film.make({ stopAfter: 'KEYFRAMES' })).toMatchObject({
      status: 'COMPLETED',
      errorCode: null,
    });
    const [warning] = await film.events('WARNING');
    expect(warning).toMatchObject({
      message: expect.stringMatching(/^Step keyframe failed \(try 1 of 6\).*again in 1/),
      details: { step: 'keyframe', attempt: 1, tries: 6 },
    });
    const [start, end, ...more] = await film.bought('KEYFRAME', 1);
    expect([start, end]).toMatchObject([
      { subject: expect.stringMatching(/^START/), pictures: [] },
      { subject: expect.stringMatching(/^END/), pictures: [expect.any(String)] },
    ]);
    expect(more).toEqual([]);
    expect(Date.parse(start?.boughtAt ?? '') - Number(warning?.time)).toBeGreaterThanOrEqual(1_000);
  });

  test.concurrent('of which nobody knows is not drawn again by itself, but by a resume', async () => {
    const film = studio.film();
    await film.fault('KEYFRAME', 2, { kind: 'RESET', accepted: true });
    expect(await film.make()).toMatchObject({
      status: 'FAILED',
      errorStage: 'KEYFRAMES',
      errorCode: 'PROVIDER_FAILED',
      errorMessage: expect.stringMatching(/^Scene 2 has no keyframes\. POST keyframes/),
    });
    expect(await film.project()).toMatchObject({ status: 'FAILED' });
    // What was begun is finished, and waits for the rest.
    expect(await film.scene(1)).toMatchObject({ status: 'VIDEO_DONE' });
    expect(await film.scene(2)).toMatchObject({ status: 'FAILED' });
    expect(await film.clip(2)).toBeNull();
    expect(await film.events('ERROR')).toMatchObject([
      { subjectType: 'Scene', message: expect.stringMatching(/^Scene 2 is FAILED: POST keyframes/) },
      { subjectType: 'PipelineRun', message: expect.stringMatching(/^Scene 2 has no keyframes/) },
    ]);
    expect(await film.bought('KEYFRAME', 2)).toHaveLength(1);

    film.follow(await resumeProject(studio.platform.ctx, { projectId: film.projectId }));
    expect(await film.end()).toMatchObject({ status: 'COMPLETED', errorCode: null });
    expect(await film.bought('KEYFRAME', 2)).toHaveLength(2);
    await film.onlyClip(1);
    await film.onlyClip(2);
  });

  test.concurrent('that is refused is not asked for again', async () => {
    const film = studio.film({ scenes: 1 });
    await film.fault('KEYFRAME', 1, { kind: 'STATUS', status: 400 });
    expect(await film.make()).toMatchObject({
      status: 'FAILED',
      errorStage: 'KEYFRAMES',
      errorCode: 'PROVIDER_FAILED',
      errorMessage: expect.stringContaining('A scripted 400.'),
    });
    expect(await film.bought('KEYFRAME')).toEqual([]);
  });
});
