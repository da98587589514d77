/** Frames that do not come, or not as they were asked for: what is tried, what it costs, and what a person is told. */
import { scopeOf } from '../../src/core/scopes.ts';
import { expect, test } from 'vitest';
import { type GoogleFilm, useGoogleStudio } from '../support/google-film.ts';
import { TRIP_WORDS } from '../support/google-server/content.ts';

const studio = useGoogleStudio('GEMINI');

const make = (film: GoogleFilm, word: string) =>
  film.make({ prompt: `A fox called ${film.tag}one, the ${word}, wakes.`, stopAfter: 'KEYFRAMES' });

const framesOf = ({ projectId }: GoogleFilm) =>
  studio.platform.db.keyframe.findMany({ where: { scene: { projectId } }, orderBy: { position: 'asc' } });

const warningsOf = async (film: GoogleFilm) => (await film.events('WARNING')).map(({ message }) => message);

const drawn = async (film: GoogleFilm) =>
  (await film.bought('KEYFRAME')).map(({ subject }) => subject.split(' ')[0]);

/** Nothing is open, and what is settled is what was charged. */
const expectBalance = async (film: GoogleFilm) =>
  expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });

test.concurrent('no picture, by chance, is asked for once more as it is', { tags: 'long' }, async () => {
  const film = studio.film({ scenes: 1 });
  expect(await make(film, TRIP_WORDS.chance)).toMatchObject({ status: 'COMPLETED', errorCode: null });
  expect(await drawn(film)).toEqual(['START', 'END']);
  expect(await film.scene(1)).toMatchObject({ softening: 0 });
  expect(await warningsOf(film)).toEqual([
    expect.stringMatching(/refused its first frame, at no cost; it is tried once more as it is\. .*NO_IMAGE/),
    expect.stringMatching(/refused its last frame, at no cost; it is tried once more as it is\. .*NO_IMAGE/),
  ]);
  await expectBalance(film);
});

test.concurrent(
  'refused so twice, its words are softened, and Google’s own are told',
  { tags: 'long' },
  async () => {
    const film = studio.film({ scenes: 1 });
    expect(await make(film, TRIP_WORDS.other)).toMatchObject({ status: 'COMPLETED', errorCode: null });
    expect(await film.scene(1)).toMatchObject({ softening: 1 });
    const [once, twice] = await warningsOf(film);
    expect(once).toMatch(/tried once more as it is\. .*IMAGE_OTHER.*Unable to show the generated image/);
    expect(twice).toMatch(/tried again with a softened prompt/);
    await expectBalance(film);
  },
);

test.concurrent(
  'words in place of a picture climb the ladder at once, and are booked by their tokens',
  { tags: 'long' },
  async () => {
    const film = studio.film({ scenes: 1 });
    expect(await make(film, TRIP_WORDS.noPicture)).toMatchObject({
      status: 'FAILED',
      errorCode: 'PROMPT_BLOCKED',
    });
    // Each answer had 120 tokens of prompt and 1,020 of words and thoughts.
    const words = 120 * 2 + 1_020 * 12;
    expect((await film.bought('KEYFRAME')).map(({ chargedMicroUsd }) => chargedMicroUsd)).toEqual([
      words,
      words,
      words,
    ]);
    expect(await warningsOf(film)).toEqual([
      expect.stringMatching(
        /refused its first frame, for \$0\.01248; .* softened prompt\. .*rather not draw/,
      ),
      expect.stringMatching(/for \$0\.01248; it is tried again with a prompt softened more/),
      expect.stringMatching(/for \$0\.01248; nothing gentler is left to try/),
      expect.stringMatching(/^Scene 1 is FAILED/),
      expect.stringMatching(/^Scene 1 has no keyframes/),
    ]);
    await expectBalance(film);
  },
);

test.concurrent(
  'a frame as Google’s models draw it is cropped to the film’s very shape, and says so',
  { tags: 'long' },
  async () => {
    const film = studio.film({ scenes: 1 });
    expect(await make(film, TRIP_WORDS.real)).toMatchObject({ status: 'COMPLETED' });
    const frame = { width: 1_344, height: 756, mimeType: 'image/jpeg' };
    expect(await framesOf(film)).toMatchObject([frame, frame]);
    const told = {
      contains: 'Scene 1: START frame drawn; it came as 1376x768, and was cropped to 1344x756.',
    };
    const { runId } = film;
    expect(
      await studio.platform.db.auditLog.count({
        where: { scopes: { has: scopeOf('PipelineRun', runId) }, message: told },
      }),
    ).toBe(1);
    await expectBalance(film);
  },
);

test.concurrent(
  'a square where a wide frame was asked for is paid, and asked for again',
  { tags: 'long' },
  async () => {
    const film = studio.film({ scenes: 1 });
    expect(await make(film, TRIP_WORDS.squareOnce)).toMatchObject({ status: 'COMPLETED' });
    expect(await drawn(film)).toEqual(['START', 'START', 'END', 'END']);
    const frame = { width: 640, height: 360 };
    expect(await framesOf(film)).toMatchObject([frame, frame]);
    expect(await warningsOf(film)).toEqual([
      expect.stringMatching(
        /Step keyframe failed.*tried again.*came as 512x512, another shape than the 1280x720/,
      ),
      expect.stringMatching(/came as 512x512/),
    ]);
    await expectBalance(film);
  },
);

test.concurrent(
  'three squares are enough: the frame fails, and each was booked',
  { tags: 'long' },
  async () => {
    const film = studio.film({ scenes: 1 });
    expect(await make(film, TRIP_WORDS.square)).toMatchObject({
      status: 'FAILED',
      errorMessage: expect.stringMatching(/came as 512x512, another shape/),
    });
    expect(await drawn(film)).toEqual(['START', 'START', 'START']);
    await expectBalance(film);
  },
);
