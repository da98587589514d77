/** A refusal that holds for every purchase stops the buying at once; what is bought is fetched all the same. */
import { expect, test } from 'vitest';
import { resumeProject } from '../../src/features/pipelines/control/control.ts';
import { type GoogleFilm, useGoogleStudio } from '../support/google-film.ts';
import { isQuestion } from '../support/google-server/routes.ts';
import type { Place, Said } from '../support/google-server/scenario.ts';

/** So slow that a second clip is still before it when the first is refused. */
const studio = useGoogleStudio('GEMINI', { VIDPIPE_GOOGLE_CLIPS_PER_MINUTE: '1' });

const OLD_FORM = 'This API version is no longer supported. Please use a release of 2026-11 or later.';

const GONE_FORM: Said = { status: 400, body: { error: { code: 400, message: OLD_FORM } } };

/** Google says so of the film's next call of a kind. */
const refuseForAll = (film: GoogleFilm, at: Place, said = GONE_FORM) =>
  studio.server.play({
    scenario: { name: `for all at ${at}`, at, says: [said], money: 'FREE' },
    subject: film.tag,
    times: 1,
  });

/** Calls that would buy for the film, by the server's own log. */
async function purchases({ tag }: GoogleFilm): Promise<string[]> {
  const requests = await studio.server.requests();
  return requests
    .filter((request) => request.method === 'POST' && !isQuestion(request))
    .filter(({ body }) => JSON.stringify(body).includes(tag))
    .map(({ path }) => path.replace(/^.*[/]/, ''));
}

const WHERE =
  /Asked on the Gemini API for (\S+)\. This release speaks by @google\/genai 3\.1\.0; install a later one/;
const modelIn = (message: string | null) => WHERE.exec(message ?? '')?.[1];

test('of a storyboard: no frame is asked for', async () => {
  const film = studio.film();
  await refuseForAll(film, 'STORYBOARD');
  const run = await film.make();
  expect(run).toMatchObject({ status: 'FAILED', errorCode: 'INTERFACE_GONE' });
  expect(modelIn(run.errorMessage)).toBe('gemini-3.8-flash');
  expect(await purchases(film)).toEqual(['gemini-3.8-flash:generateContent']);
});

test('of a frame: no other frame and no clip is asked for', async () => {
  const film = studio.film();
  await refuseForAll(film, 'KEYFRAME');
  const run = await film.make();
  expect(run).toMatchObject({ status: 'FAILED', errorCode: 'INTERFACE_GONE' });
  expect(modelIn(run.errorMessage)).toBe('gemini-3-pro-image');
  expect(await purchases(film)).toEqual([
    'gemini-3.8-flash:generateContent',
    'gemini-3-pro-image:generateContent',
  ]);
});

const GONE = 'Model gemini-3-pro-image is no longer available.';

test.each<[string, Said, string, RegExp]>([
  [
    'the key is refused',
    {
      status: 403,
      body: {
        error: { code: 403, message: 'The caller does not have permission.', status: 'PERMISSION_DENIED' },
      },
    },
    'PROVIDER_PERMISSION',
    /Asked on the Gemini API for gemini-3-pro-image\.$/,
  ],
  [
    'the model is gone',
    { status: 404, body: { error: { code: 404, message: GONE, status: 'NOT_FOUND' } } },
    'MODEL_NOT_FOUND',
    /Asked on the Gemini API for gemini-3-pro-image\. .*VIDPIPE_GOOGLE_IMAGE_MODEL/,
  ],
  [
    'the form is gone, with a status of success',
    { ...GONE_FORM, status: 200 },
    'INTERFACE_GONE',
    /Asked on the Gemini API for gemini-3-pro-image\. This release speaks by/,
  ],
])('of a frame, because %s: nothing more is asked for', async (_why, said, code, words) => {
  const film = studio.film();
  await refuseForAll(film, 'KEYFRAME', said);
  const run = await film.make();
  expect(run).toMatchObject({
    status: 'FAILED',
    errorCode: code,
    errorMessage: expect.stringMatching(words),
  });
  expect(await purchases(film)).toHaveLength(2);
});

test(
  'of a clip: the other one is not asked for, and its scene is left for a resume',
  { tags: 'long' },
  async () => {
    const film = studio.film();
    await film.make({ stopAfter: 'KEYFRAMES' });
    await refuseForAll(film, 'SUBMIT');
    film.follow(await resumeProject(studio.platform.ctx, { projectId: film.projectId }));
    const run = await film.end();
    expect(run).toMatchObject({ status: 'FAILED', errorCode: 'INTERFACE_GONE' });
    expect(modelIn(run.errorMessage)).toBe('gemini-omni-1.2-flash');
    expect((await purchases(film)).filter((each) => each === 'interactions')).toHaveLength(1);
    const scenes = [await film.scene(1), await film.scene(2)].map(({ status }) => status);
    expect(scenes.toSorted()).toEqual(['FAILED', 'KEYFRAMES_DONE']);
    const { reserved, unknown } = await film.cost();
    expect({ reserved, unknown }).toEqual({ reserved: 0, unknown: 0 });
  },
);
