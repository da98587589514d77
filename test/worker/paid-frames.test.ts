/** Storyboards and keyframes are paid for too: trouble with them, what a person sees, and what the ledger says. */
import { rm } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import {
  cancelRun,
  pauseRun,
  resumeProject,
  resumeRun,
} from '../../src/features/pipelines/control/control.ts';
import {
  type Settlement,
  settleUnknownCall,
} from '../../src/features/pipelines/control/settle-unknown-call.ts';
import { projectScope } from '../../src/features/projects/project-runs.ts';
import { usePaidStudio, type PaidFilm } from '../support/paid-film.ts';
import { CHARGES } from '../support/paid-provider/protocol.ts';

const studio = usePaidStudio();

const NOT_YET = [429, 503] as const;
const SOON = { timeout: 20_000, interval: 25 };

/** The test provider's prices, in micro-USD. */
const { STORYBOARD, KEYFRAME: FRAME } = CHARGES;

/** What a person found out about the one call of which nobody knows. */
async function settle(film: PaidFilm, outcome: Settlement): Promise<void> {
  const { db, ctx } = studio.platform;
  const { operationKey } = await db.ledgerEntry.findFirstOrThrow({
    where: { scopes: { has: projectScope(film.projectId) }, kind: 'UNKNOWN' },
  });
  await settleUnknownCall(ctx, { operationKey, outcome });
}

const resumed = async (film: PaidFilm) =>
  film.follow(await resumeProject(studio.platform.ctx, { projectId: film.projectId })).end();

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

  test.concurrent(
    'of which nobody knows is not asked for again, not even by a resume, until a person says',
    { tags: 'long' },
    async () => {
      const film = studio.film({ scenes: 1 });
      await film.fault('STORYBOARD', null, { kind: 'RESET', accepted: true });
      const unknown = {
        status: 'FAILED',
        errorStage: 'STORYBOARD',
        errorCode: 'OUTCOME_UNKNOWN',
        errorMessage: expect.stringContaining('settleUnknownCall'),
      };
      expect(await film.make()).toMatchObject(unknown);
      expect(await film.project()).toMatchObject({ status: 'FAILED' });
      expect(await film.cost()).toEqual({ settled: 0, reserved: 0, unknown: STORYBOARD });
      expect(await resumed(film)).toMatchObject(unknown);
      expect(await film.bought('STORYBOARD')).toHaveLength(1);

      await settle(film, 'WAS_CHARGED');
      expect(await film.cost()).toEqual({ settled: STORYBOARD, reserved: 0, unknown: 0 });
      expect(await resumed(film)).toMatchObject({ status: 'COMPLETED', errorCode: null });
      expect(await film.bought('STORYBOARD')).toHaveLength(2);
      expect((await film.cost()).settled).toBe(await film.bill());
    },
  );

  test.concurrent('that fits in none of three tries ends the run, with the last answer kept', async () => {
    const film = studio.film();
    await film.fault('STORYBOARD', null, { kind: 'USELESS' }, 3);
    expect(await film.make()).toMatchObject({
      status: 'FAILED',
      errorStage: 'STORYBOARD',
      errorCode: 'STORYBOARD_INVALID',
      errorMessage: expect.stringMatching(/no usable storyboard in 3 tries: scenes: /),
    });
    expect(await film.project()).toMatchObject({ status: 'FAILED', storyboardRaw: {} });
    expect(await film.events('ERROR')).toMatchObject([{ subjectType: 'PipelineRun', eventType: 'ERROR' }]);
    expect(await film.deadLetters()).toEqual([]);
    expect(await film.bought('STORYBOARD')).toHaveLength(3);
    expect(await film.cost()).toEqual({ settled: 3 * STORYBOARD, reserved: 0, unknown: 0 });
    expect(await film.bought('KEYFRAME')).toEqual([]);
  });
});

describe('a storyboard that does not quite fit', () => {
  test.concurrent('with texts that are too long is cut, and said to be; it is bought once', async () => {
    const film = studio.film({ scenes: 1 });
    // The test provider makes a scene of a sentence.
    const prompt = `A fox called ${film.tag} wakes${' and wakes'.repeat(500)}.`;
    expect(await film.make({ prompt, stopAfter: 'STORYBOARD' })).toMatchObject({ status: 'COMPLETED' });
    const { sceneDescription } = await film.scene(1);
    expect(sceneDescription.length).toBeLessThanOrEqual(4_000);
    expect(prompt.startsWith(sceneDescription)).toBe(true);
    expect(await film.events('WARNING')).toMatchObject([
      { message: expect.stringMatching(/texts are cut at 4000/) },
    ]);
    expect(await film.bought('STORYBOARD')).toHaveLength(1);
  });

  test.concurrent('with fewer scenes than asked for is asked for again, and makes a shorter film in the end', async () => {
    const film = studio.film({ scenes: 2 });
    const prompt = `A fox called ${film.tag} wakes.`;
    expect(await film.make({ prompt, stopAfter: 'STORYBOARD' })).toMatchObject({ status: 'COMPLETED' });
    const message = 'The model wrote 1 of the 2 scenes that were asked for.';
    expect(await film.events('WARNING')).toMatchObject([{ message }]);
    expect(await film.bought('STORYBOARD')).toHaveLength(3);
    expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
  });
});

describe('a keyframe', () => {
  test.concurrent.each(NOT_YET)(
    '%i: it is drawn after a while, and bought once',
    { tags: 'long' },
    async (status) => {
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
    },
  );

  test.concurrent(
    'of which nobody knows is not drawn again, not even by a resume, until a person says',
    { tags: 'long' },
    async () => {
      const film = studio.film();
      await film.fault('KEYFRAME', 2, { kind: 'RESET', accepted: true });
      expect(await film.make()).toMatchObject({
        status: 'FAILED',
        errorStage: 'KEYFRAMES',
        errorCode: 'OUTCOME_UNKNOWN',
        errorMessage: expect.stringMatching(/^Scene 2 has no keyframes\. Nobody knows.*POST keyframes/),
      });
      expect(await film.project()).toMatchObject({ status: 'FAILED' });
      // What was begun is finished, and waits for the rest.
      expect(await film.scene(1)).toMatchObject({ status: 'VIDEO_DONE' });
      expect(await film.scene(2)).toMatchObject({ status: 'FAILED' });
      expect(await film.clip(2)).toBeNull();
      expect(await film.events('ERROR')).toMatchObject([
        {
          subjectType: 'Scene',
          message: expect.stringMatching(/^Scene 2 is FAILED: Nobody knows.*POST keyframes/),
        },
        { subjectType: 'PipelineRun', message: expect.stringMatching(/^Scene 2 has no keyframes/) },
      ]);
      expect(await resumed(film)).toMatchObject({ status: 'FAILED', errorCode: 'OUTCOME_UNKNOWN' });
      expect(await film.bought('KEYFRAME', 2)).toHaveLength(1);

      await settle(film, 'WAS_CHARGED');
      expect(await resumed(film)).toMatchObject({ status: 'COMPLETED', errorCode: null });
      expect(await film.bought('KEYFRAME', 2)).toHaveLength(2);
      await film.onlyClip(1);
      await film.onlyClip(2);
      expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
    },
  );

  test.concurrent(
    'that comes after its run was cancelled is paid for and kept, and the next run goes on from it',
    { tags: 'long' },
    async () => {
      const film = studio.film({ scenes: 1 });
      await film.fault('KEYFRAME', 1, { kind: 'SLOW', delayMs: 700 });
      await film.launch();
      await expect.poll(async () => (await film.bought('KEYFRAME')).length, SOON).toBe(1);
      await cancelRun(studio.platform.ctx, film);
      expect(await film.cost()).toMatchObject({ reserved: FRAME });
      await expect.poll(() => film.cost(), SOON).toMatchObject({ settled: STORYBOARD + FRAME, reserved: 0 });

      expect(await resumed(film)).toMatchObject({ status: 'COMPLETED', errorCode: null });
      expect(await film.bought('KEYFRAME')).toHaveLength(2);
      expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
    },
  );

  test.concurrent(
    'that comes after its run was paused and resumed is kept, and the run goes on',
    { tags: 'long' },
    async () => {
      const film = studio.film({ scenes: 1 });
      await film.fault('KEYFRAME', 1, { kind: 'SLOW', delayMs: 1_500 });
      await film.launch();
      await expect.poll(async () => (await film.bought('KEYFRAME')).length, SOON).toBe(1);
      await pauseRun(studio.platform.ctx, film);
      await resumeRun(studio.platform.ctx, film);
      expect(await film.end()).toMatchObject({ status: 'COMPLETED', errorCode: null });
      expect(await film.bought('KEYFRAME')).toHaveLength(2);
      expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
    },
  );

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
    expect(await film.cost()).toEqual({ settled: STORYBOARD, reserved: 0, unknown: 0 });
  });
});

test('a keyframe that cannot be kept, not even on the shelf, is not bought again by itself', async () => {
  const film = studio.film({ scenes: 1 });
  const { storage } = studio.platform;
  const full = new Error('ENOSPC: no space left on device');
  const keep = vi.spyOn(storage, 'keep').mockImplementation(async (file) => {
    // With it goes what could be tried again.
    await rm(file, { force: true });
    throw full;
  });
  expect(await film.make()).toMatchObject({ status: 'FAILED', errorCode: 'INSUFFICIENT_DISK' });
  keep.mockRestore();
  expect(await film.bought('KEYFRAME')).toHaveLength(1);
  expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
});
