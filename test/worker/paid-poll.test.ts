/** Asking about clips and fetching them, with trouble: both are free, and nothing that goes wrong buys a clip again. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { resumeProject } from '../../src/features/pipelines/control/control.ts';
import { replayDeadLetter } from '../../src/features/pipelines/control/replay-dead-letter.ts';
import { retryScene } from '../../src/features/pipelines/control/retry-scene.ts';
import { clipsInProgress, usePaidStudio, type PaidFilm } from '../support/paid-film.ts';
import { CHARGES, type Trouble } from '../support/paid-provider/protocol.ts';

const MAX_POLLS = 8;

const studio = usePaidStudio({ timeLimitSeconds: 4, maxPolls: MAX_POLLS });

const ctx = () => studio.platform.ctx;
const resumed = async (film: PaidFilm) =>
  film.follow(await resumeProject(ctx(), { projectId: film.projectId })).end();

/** The price of a clip of a second, in micro-USD. */
const CLIP = CHARGES.SECOND_OF_CLIP;

type Row = [name: string, trouble: Trouble];

const PASSING: Row[] = [
  ['500', { kind: 'STATUS', status: 500 }],
  ['reset', { kind: 'RESET' }],
  ['no answer', { kind: 'HANG' }],
];

describe('a poll', () => {
  test.concurrent.each(PASSING)(
    '%s: the clip is asked about again, and not bought again',
    { tags: 'long' },
    async (_, trouble) => {
      const film = studio.film({ scenes: 1 });
      await film.fault('POLL', 1, trouble);
      expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED', errorCode: null });
      const message = expect.stringMatching(
        /^Scene 1: the provider could not be asked and is asked again in/,
      );
      expect(await film.events('WARNING')).toMatchObject([{ level: 'WARNING', message }]);
      expect(await film.onlyClip(1)).toMatchObject({ state: 'DONE', downloads: 1 });
    },
  );

  test.concurrent('429: the time that the provider asks for is kept', { tags: 'long' }, async () => {
    const film = studio.film({ scenes: 1 });
    await film.fault('POLL', 1, { kind: 'STATUS', status: 429, retryAfterSeconds: 2 });
    const { completedAt } = await film.make({ stopAfter: 'CLIPS' });
    const [warning] = await film.events('WARNING');
    expect(warning?.message).toContain('asked again in 2 s');
    expect(Number(completedAt) - Number(warning?.time)).toBeGreaterThanOrEqual(2_000);
  });

  test.concurrent('404 for an operation that was just named is waited out', { tags: 'long' }, async () => {
    const film = studio.film({ scenes: 1 });
    await film.fault('POLL', 1, { kind: 'STATUS', status: 404 }, 3);
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED', errorCode: null });
    const message = expect.stringMatching(
      /^Scene 1: the provider did not say how the clip stands.*A scripted 404/,
    );
    expect((await film.events('WARNING')).map((event) => event.message)).toEqual([message, message, message]);
    expect(await film.onlyClip(1)).toMatchObject({ state: 'DONE', downloads: 1 });
    expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
  });
});

describe('an operation', () => {
  test.concurrent(
    'that the safety filter refused leaves a gap, is paid back and not bought again',
    { tags: 'long' },
    async () => {
      const film = studio.film();
      await film.fault('SUBMIT', 2, { kind: 'ENDS', end: 'FILTERED' });
      const partial = {
        status: 'PARTIAL',
        errorStage: 'CLIPS',
        errorCode: 'SAFETY_FILTERED',
        errorMessage: expect.stringMatching(/^Without scene 2:.*retry the scene with other words/),
      };
      expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject(partial);
      expect(await film.scene(1)).toMatchObject({ status: 'VIDEO_DONE' });
      expect(await film.scene(2)).toMatchObject({ status: 'FAILED' });
      const errorMessage = 'The safety filter refused the clip.';
      expect(await film.clip(2)).toMatchObject({ status: 'RAI_FILTERED', errorMessage });
      expect(await film.events('WARNING')).toContainEqual(
        expect.objectContaining({
          subjectType: 'VideoClip',
          level: 'WARNING',
          message: `Clip of scene 2 is RAI_FILTERED: ${errorMessage}`,
        }),
      );
      expect(await film.onlyClip(2)).toMatchObject({ state: 'FILTERED', refunded: true, downloads: 0 });
      expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });

      expect(await resumed(film)).toMatchObject(partial);
      const withGap = { status: 'PARTIAL', errorMessage: expect.stringContaining('Without scene 2') };
      expect(await film.project()).toMatchObject(withGap);
      await film.onlyClip(2);
    },
  );

  test.concurrent(
    'that failed is told in the provider’s words, and bought anew by a resume',
    { tags: 'long' },
    async () => {
      const film = studio.film();
      await film.fault('SUBMIT', 2, { kind: 'ENDS', end: 'FAILED' });
      expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({
        status: 'PARTIAL',
        errorCode: 'PROVIDER_FAILED',
      });
      expect(await film.clip(2)).toMatchObject({ status: 'FAILED', errorMessage: 'The model failed.' });
      expect(await film.scene(2)).toMatchObject({ status: 'FAILED' });
      expect(await film.onlyClip(2)).toMatchObject({ state: 'FAILED', downloads: 0 });
      expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });

      expect(await resumed(film)).toMatchObject({ status: 'COMPLETED', errorCode: null });
      expect((await film.bought('CLIP', 2)).map(({ state }) => state)).toEqual(['FAILED', 'DONE']);
      await film.onlyClip(1);
    },
  );

  test.concurrent(
    'that never ends times out, and a resume asks again without buying',
    { tags: 'long' },
    async () => {
      const film = studio.film();
      await film.fault('SUBMIT', 2, { kind: 'ENDS', end: 'NEVER' });
      const timedOut = {
        status: 'PARTIAL',
        errorCode: 'TIMED_OUT',
        errorMessage: expect.stringMatching(/^Without scene 2:.*without buying anew/),
      };
      expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject(timedOut);
      expect(await film.clip(2)).toMatchObject({
        status: 'TIMED_OUT',
        errorMessage: expect.stringContaining(`after ${MAX_POLLS} polls`),
      });
      expect(await film.onlyClip(2)).toMatchObject({ state: 'RUNNING', polls: MAX_POLLS });

      expect(await resumed(film)).toMatchObject(timedOut);
      expect(await film.onlyClip(2)).toMatchObject({ state: 'RUNNING', polls: 2 * MAX_POLLS });
      expect(await film.cost()).toMatchObject({ reserved: CLIP, unknown: 0 });
      await retryScene(ctx(), { sceneId: (await film.scene(2)).id });
      // Another takes its place, and nobody asks about it any more.
      expect(await film.cost()).toMatchObject({ unknown: CLIP });
    },
  );

  test.concurrent(
    'that cannot be asked about for too long is taken up by a resume',
    { tags: 'long' },
    async () => {
      const film = studio.film();
      await film.fault('POLL', 2, { kind: 'STATUS', status: 503 }, MAX_POLLS);
      expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({
        status: 'PARTIAL',
        errorCode: 'TIMED_OUT',
      });
      expect(await resumed(film)).toMatchObject({ status: 'COMPLETED', errorCode: null });
      expect(await film.onlyClip(2)).toMatchObject({ state: 'DONE', downloads: 1 });
    },
  );

  test.concurrent('that was the only one: the run says what became of it', async () => {
    const film = studio.film({ scenes: 1 });
    await film.fault('SUBMIT', 1, { kind: 'ENDS', end: 'FILTERED' });
    expect(await film.make()).toMatchObject({ status: 'FAILED', errorCode: 'SAFETY_FILTERED' });
  });
});

describe('a download', () => {
  test('cut in the middle is fetched again, and leaves no part of a file', { tags: 'long' }, async () => {
    const film = studio.film({ scenes: 1 });
    await film.fault('DOWNLOAD', 1, { kind: 'CUT' });
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED', errorCode: null });
    expect(await film.events('WARNING')).toMatchObject([
      { details: { step: 'download-clip', attempt: 1 }, message: expect.stringContaining('tried again in') },
    ]);
    expect(await film.onlyClip(1)).toMatchObject({ downloads: 2 });
    expect(await film.clip(1)).toMatchObject({ status: 'COMPLETE', durationSeconds: 1 });
    const file = studio.platform.storage.locationOf((await film.clip(1))?.localPath ?? '');
    // Those of other films lie beside it.
    const files = await readdir(path.dirname(file));
    expect(files).toContain(path.basename(file));
    expect(files.filter((name) => !/^[\da-f-]{36}\.(mp4|png|jpg)$/.test(name))).toEqual([]);
    // Films of other tests are at work beside it, and lend theirs for a moment.
    await expect.poll(() => clipsInProgress(studio.platform), { timeout: 20_000 }).toEqual([]);
  });

  test.concurrent.each([400, 404, 410])(
    '%i: its address is asked for again, and the clip fetched',
    { tags: 'long' },
    async (status) => {
      const film = studio.film({ scenes: 1 });
      await film.fault('DOWNLOAD', 1, { kind: 'STATUS', status }, 2);
      expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED', errorCode: null });
      const message = expect.stringMatching(
        new RegExp(
          `^Scene 1: its finished clip could not be fetched.*GET files/.*: ${status} .*A scripted ${status}`,
        ),
      );
      expect((await film.events('WARNING')).map((event) => event.message)).toEqual([message, message]);
      expect(await film.onlyClip(1)).toMatchObject({ polls: 3, downloads: 1 });
      expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
    },
  );

  test.concurrent(
    'that is refused as long as a run asks is gone on with by a resume, and not bought again',
    { tags: 'long' },
    async () => {
      const film = studio.film({ scenes: 1 });
      await film.fault('DOWNLOAD', 1, { kind: 'STATUS', status: 404 }, MAX_POLLS);
      const errorMessage = expect.stringMatching(
        /paid for and its file could not be fetched yet; resume.* before 2\d{3}-/,
      );
      expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({
        status: 'FAILED',
        errorCode: 'TIMED_OUT',
      });
      expect(await film.clip(1)).toMatchObject({ status: 'TIMED_OUT', errorMessage });
      expect(await resumed(film)).toMatchObject({ status: 'COMPLETED', errorCode: null });
      expect(await film.onlyClip(1)).toMatchObject({ downloads: 1 });
      expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
    },
  );

  test.concurrent(
    'whose file’s time is over is lost, and bought anew by a person’s word alone',
    { tags: 'long' },
    async () => {
      const film = studio.film();
      await film.fault('DOWNLOAD', 2, { kind: 'STATUS', status: 404 }, MAX_POLLS);
      expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({
        status: 'PARTIAL',
        errorCode: 'TIMED_OUT',
      });
      await film.fault('DOWNLOAD', 2, { kind: 'STATUS', status: 404 });
      const longAgo = new Date(Date.now() - 49 * 3_600_000);
      await studio.platform.db.videoClip.update({
        where: { id: await film.videoClipId(2) },
        data: { doneAt: longAgo },
      });
      const lost = { status: 'PARTIAL', errorCode: 'VIDEO_CLIP_LOST' };
      expect(await resumed(film)).toMatchObject(lost);
      expect(await film.clip(2)).toMatchObject({
        status: 'LOST',
        errorMessage: expect.stringContaining('is lost'),
      });
      expect(await resumed(film)).toMatchObject(lost);
      await film.onlyClip(2);

      film.follow(await retryScene(ctx(), { sceneId: (await film.scene(2)).id }));
      expect(await film.end()).toMatchObject({ status: 'COMPLETED', errorCode: null });
      expect(await film.bought('CLIP', 2)).toHaveLength(2);
      expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
    },
  );

  test.concurrent(
    'that was given up is fetched when its dead letter is replayed, and not bought again',
    { tags: 'long' },
    async () => {
      const film = studio.film();
      await film.fault('DOWNLOAD', 2, { kind: 'STATUS', status: 503, retryAfterSeconds: 0 }, 6);
      expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'PARTIAL' });
      const [letter] = await film.deadLetters();
      expect(letter).toMatchObject({ step: 'download-clip', attempts: 6 });

      film.follow(await replayDeadLetter(ctx(), { deadLetterId: letter?.id ?? '' }));
      expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
      expect(await film.onlyClip(2)).toMatchObject({ downloads: 1 });
    },
  );
});
