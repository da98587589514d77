/** Frames that come in other forms than asked for, or broken: whatever was drawn is paid for once, and booked so. */
import { expect, test } from 'vitest';
import { resumeProject } from '../../src/features/pipelines/control/control.ts';
import { type GoogleFilm, useGoogleStudio } from '../support/google-film.ts';
import { TRIP_WORDS } from '../support/google-server/content.ts';

const studio = useGoogleStudio('GEMINI');

const make = (film: GoogleFilm, word: string) =>
  film.make({ prompt: `A fox called ${film.tag}one, the ${word}, wakes.`, stopAfter: 'CLIPS' });

const framesOf = ({ projectId }: GoogleFilm) =>
  studio.platform.db.keyframe.findMany({ where: { scene: { projectId } } });

test.concurrent.each([
  ['WebP', TRIP_WORDS.webp],
  ['AVIF', TRIP_WORDS.avif],
])('%s becomes a JPEG, and a clip is made from it', { tags: 'long' }, async (_, word) => {
  const film = studio.film({ scenes: 1 });
  expect(await make(film, word)).toMatchObject({ status: 'COMPLETED', errorCode: null });
  const jpeg = { mimeType: 'image/jpeg', width: 640, height: 360, filePath: expect.stringMatching(/\.jpg$/) };
  expect(await framesOf(film)).toMatchObject([jpeg, jpeg]);
  expect(await film.bought('KEYFRAME')).toHaveLength(2);
  expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
});

test.concurrent.each([
  ['another form', TRIP_WORDS.gif, /paid for.*no PNG, JPEG, WebP or AVIF/],
  ['a picture that was cut off', TRIP_WORDS.cut, /paid for.*cut off or damaged/],
])(
  '%s is a failed frame that was paid for, and drawn again by a person’s word alone',
  { tags: 'long' },
  async (_, word, reason) => {
    const film = studio.film({ scenes: 1 });
    const failed = {
      status: 'FAILED',
      errorCode: 'PROVIDER_FAILED',
      errorMessage: expect.stringMatching(reason),
    };
    expect(await make(film, word)).toMatchObject(failed);
    expect(await film.bought('KEYFRAME')).toHaveLength(1);
    expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });

    film.follow(await resumeProject(studio.platform.ctx, { projectId: film.projectId }));
    expect(await film.end()).toMatchObject(failed);
    expect(await film.bought('KEYFRAME')).toHaveLength(2);
    expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
  },
);
