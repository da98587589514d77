/** Words that a safety filter refuses before anything is made: the same ladder, and nothing to pay. */
import { describe, expect, test } from 'vitest';
import { resumeProject } from '../../src/features/pipelines/control/control.ts';
import { retryScene } from '../../src/features/pipelines/control/retry-scene.ts';
import { safetyOf } from '../../src/features/storyboards/scene-safety.ts';
import { type GoogleFilm, useGoogleStudio } from '../support/google-film.ts';
import type { Call } from '../support/paid-provider/protocol.ts';

const studio = useGoogleStudio('VERTEX');

const block = (film: GoogleFilm, call: Call, scene: 1 | 2 | null, times: number) =>
  film.fault(call, scene, { kind: 'BLOCKED' }, times);

const safety = async (film: GoogleFilm, scene: 1 | 2) => {
  const { id: sceneId } = await film.scene(scene);
  return safetyOf(
    await studio.platform.db.safetyRefusal.findMany({ where: { sceneId }, orderBy: { id: 'asc' } }),
  );
};

const rungs = async (film: GoogleFilm) =>
  (await film.events('WARNING')).filter(({ message }) => message.includes('the safety filter refused'));

/** Nothing is open, and what is settled is what was charged. */
const expectBalance = async (film: GoogleFilm) =>
  expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });

describe('the words of a clip', () => {
  test.concurrent('are softened when they are refused; the refusal cost nothing', async () => {
    const film = studio.film({ scenes: 1 });
    await block(film, 'SUBMIT', 1, 1);
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED', errorCode: null });

    expect(await film.bought('CLIP')).toHaveLength(1);
    await expectBalance(film);
    expect(await rungs(film)).toMatchObject([
      {
        message: expect.stringMatching(
          /^Scene 1: the safety filter refused the words of its clip, at no cost; it is tried again with a softened prompt\. It said: Google veo.*violate/,
        ),
        details: { input: 'PROMPT', rung: 1, costMicroUsd: 0, reason: expect.stringContaining('violate') },
      },
    ]);
    expect(await safety(film, 1)).toMatchObject({ refusedInput: 'PROMPT', refusals: 1, isFinal: false });
  });

  test.concurrent('refused in the operation, not at the call, climb alike', async () => {
    const film = studio.film({ scenes: 1 });
    await film.fault('SUBMIT', 1, { kind: 'ENDS', end: 'BLOCKED' });
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED', errorCode: null });
    expect(await safety(film, 1)).toMatchObject({ refusedInput: 'PROMPT', refusals: 1 });
    await expectBalance(film);
  });

  test.concurrent('refused on every rung leave a gap that is named, and the others go on', async () => {
    const film = studio.film();
    await block(film, 'SUBMIT', 2, 3);
    expect(await film.make()).toMatchObject({ status: 'PARTIAL', errorCode: 'SAFETY_FILTERED' });

    expect(await film.scene(1)).toMatchObject({ status: 'VIDEO_DONE' });
    expect(await film.clip(2)).toMatchObject({ status: 'RAI_FILTERED', operationName: null });
    expect(await film.bought('CLIP', 2)).toEqual([]);
    expect((await film.bought('KEYFRAME', 2)).map(({ subject }) => subject.split(' ')[0])).toEqual([
      'END',
      'END',
    ]);
    expect((await rungs(film)).map(({ details }) => details)).toMatchObject([
      { rung: 1 },
      { rung: 2 },
      { rung: null },
    ]);
    expect(await safety(film, 2)).toMatchObject({ refusedInput: 'PROMPT', refusals: 3, isFinal: true });
    await expectBalance(film);

    const { id: sceneId } = await film.scene(2);
    film.follow(await retryScene(studio.platform.ctx, { sceneId }));
    expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
    expect(await safety(film, 2)).toBeNull();
    await expectBalance(film);
  });
});

describe('the words of a frame', () => {
  test.concurrent('are softened when they are refused', async () => {
    const film = studio.film({ scenes: 1 });
    await block(film, 'KEYFRAME', 1, 1);
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED', errorCode: null });
    expect(await film.scene(1)).toMatchObject({ softening: 1 });
    expect(await safety(film, 1)).toMatchObject({ refusedInput: 'START_FRAME', refusals: 1, isFinal: false });
    expect(await rungs(film)).toMatchObject([
      { details: { input: 'START_FRAME', rung: 1, costMicroUsd: 0 } },
    ]);
    await expectBalance(film);
  });

  test.concurrent('refused on every rung fail the scene, which says what to change; a resume asks once more', async () => {
    const film = studio.film({ scenes: 1 });
    await block(film, 'KEYFRAME', 1, 3);
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({
      status: 'FAILED',
      errorCode: 'PROMPT_BLOCKED',
      errorMessage: expect.stringMatching(/^Scene 1 has no keyframes\. .*blocked.* retry the scene/),
    });
    expect(await safety(film, 1)).toMatchObject({ refusedInput: 'START_FRAME', refusals: 3, isFinal: true });
    expect(await film.bought('KEYFRAME')).toEqual([]);
    await expectBalance(film);

    film.follow(await resumeProject(studio.platform.ctx, { projectId: film.projectId }));
    expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
  });

  test.concurrent('are the person’s to change: other ones draw the frame anew', async () => {
    const film = studio.film({ scenes: 1 });
    await block(film, 'KEYFRAME', 1, 3);
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'FAILED' });

    const { id: sceneId, startFramePrompt } = await film.scene(1);
    const words = { startFramePrompt: `${startFramePrompt} It yawns.`, narration: null };
    film.follow(await retryScene(studio.platform.ctx, { sceneId, words }));
    expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
    expect(await film.scene(1)).toMatchObject({ ...words, softening: 0 });
    const frame = { sceneId, position: 'START' as const, promptUsed: words.startFramePrompt };
    expect(await studio.platform.db.keyframe.count({ where: frame })).toBe(1);
    await expectBalance(film);
  });

  test.concurrent('refused for the new last frame of the last rung leave a gap, and the others go on', async () => {
    const film = studio.film();
    await film.make({ stopAfter: 'KEYFRAMES' });
    await block(film, 'SUBMIT', 1, 2);
    await block(film, 'KEYFRAME', 1, 1);
    film.follow(await resumeProject(studio.platform.ctx, { projectId: film.projectId }));
    expect(await film.end()).toMatchObject({ status: 'PARTIAL', errorCode: 'SAFETY_FILTERED' });

    expect(await film.scene(1)).toMatchObject({ status: 'FAILED' });
    expect(await film.scene(2)).toMatchObject({ status: 'VIDEO_DONE' });
    expect(await safety(film, 1)).toMatchObject({ refusedInput: 'END_FRAME', refusals: 3, isFinal: true });
    await expectBalance(film);
  });
});

test('a storyboard is not softened: its words are the person’s to change', async () => {
  const film = studio.film({ scenes: 1 });
  await block(film, 'STORYBOARD', null, 1);
  expect(await film.make()).toMatchObject({
    status: 'FAILED',
    errorCode: 'PROMPT_BLOCKED',
    errorMessage: expect.stringMatching(
      /^The storyboard could not be written\. .* begin a project with others/,
    ),
  });
  expect(await film.bill()).toBe(0);
  await expectBalance(film);
});
