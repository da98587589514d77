/** The safety ladder: what is tried after a refusal, what it costs, and what a person is told. */
import { expect, test } from 'vitest';
import { retryScene } from '../../src/features/pipelines/control/retry-scene.ts';
import { safetyOf } from '../../src/features/storyboards/scene-safety.ts';
import { type GoogleFilm, useGoogleStudio } from '../support/google-film.ts';

const studio = useGoogleStudio('VERTEX');

const refuse = (film: GoogleFilm, scene: 1 | 2, times: number) =>
  film.fault('SUBMIT', scene, { kind: 'ENDS', end: 'FILTERED' }, times);

/** The prompts that Veo got for a film, in order. */
async function promptsOf(film: GoogleFilm): Promise<string[]> {
  const requests = await studio.server.requests();
  return requests.flatMap(({ path, body }) => {
    if (!path.endsWith(':predictLongRunning')) return [];
    const { instances } = body as { instances: { prompt: string }[] };
    return instances.map(({ prompt }) => prompt).filter((prompt) => prompt.includes(film.tag));
  });
}

const frames = async (film: GoogleFilm) =>
  (await film.bought('KEYFRAME')).map(({ subject }) => subject.split(' ')[0]);

const rungs = async (film: GoogleFilm) =>
  (await film.events('WARNING')).filter(({ message }) => message.includes('safety filter refused'));

const safety = async (film: GoogleFilm) =>
  safetyOf(
    await studio.platform.db.safetyRefusal.findMany({
      where: { scene: { projectId: film.projectId } },
      orderBy: { id: 'asc' },
    }),
  );

test.concurrent(
  'a refused clip is tried again with softened words, and told with its reason and cost',
  { tags: 'long' },
  async () => {
    const film = studio.film({ scenes: 1 });
    await refuse(film, 1, 1);
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED', errorCode: null });

    const [plain, softened, ...more] = await promptsOf(film);
    expect(more).toEqual([]);
    expect(plain).not.toContain('Suitable for all ages');
    expect(softened).toContain('Suitable for all ages: no violence');
    expect(await frames(film)).toEqual(['START', 'END']);
    expect((await film.bought('CLIP')).map(({ refunded }) => refunded)).toEqual([true, false]);
    const settled = await film.bill();
    expect(await film.cost()).toEqual({ settled, reserved: 0, unknown: 0 });
    expect(await rungs(film)).toMatchObject([
      {
        message: expect.stringMatching(
          /^Scene 1: the safety filter refused a frame of its clip, at no cost; it is tried again with a softened prompt\. It said: .*input image/,
        ),
        details: { rung: 1, costMicroUsd: 0, reason: expect.stringContaining('usage guidelines') },
      },
    ]);
    expect(await safety(film)).toMatchObject({
      refusedInput: 'FRAMES',
      refusals: 1,
      isFinal: false,
    });
  },
);

test.concurrent('refused again, it gets a new last frame and softer words', { tags: 'long' }, async () => {
  const film = studio.film({ scenes: 1 });
  await refuse(film, 1, 2);
  expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED', errorCode: null });

  expect(
    (await promptsOf(film)).map((prompt) => /Suitable for all ages: (\w+ \w+)/.exec(prompt)?.[1]),
  ).toEqual([undefined, 'no violence', 'peaceful and']);
  expect(await frames(film)).toEqual(['START', 'END', 'END']);
  const bought = await film.bought('CLIP');
  expect(bought.map(({ refunded }) => refunded)).toEqual([true, true, false]);
  expect(bought[2]?.pictures[0]).toBe(bought[0]?.pictures[0]);
  expect(bought[2]?.pictures[1]).not.toBe(bought[0]?.pictures[1]);
});

test.concurrent(
  'refused a third time, the scene is a gap that is named, and the others go on',
  { tags: 'long' },
  async () => {
    const film = studio.film();
    await refuse(film, 2, 3);
    expect(await film.make()).toMatchObject({ status: 'PARTIAL', errorCode: 'SAFETY_FILTERED' });

    expect(await film.scene(1)).toMatchObject({ status: 'VIDEO_DONE' });
    expect(await film.scene(2)).toMatchObject({ status: 'FAILED' });
    expect(await film.clip(2)).toMatchObject({ status: 'RAI_FILTERED' });
    expect((await film.bought('CLIP', 2)).map(({ refunded }) => refunded)).toEqual([true, true, true]);
    expect(await safety(film)).toMatchObject({ refusals: 3, isFinal: true });
    expect(await film.newestFilm()).toMatchObject({ durationSeconds: expect.closeTo(4, 1) as number });

    const { id: sceneId } = await film.scene(2);
    film.follow(await retryScene(studio.platform.ctx, { sceneId }));
    expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
    expect(await film.scene(2)).toMatchObject({ softening: 0 });
    expect(await safety(film)).toBeNull();
  },
);
