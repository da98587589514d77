/** Each model of a run is asked for before the first cent; what is surely not to be had stops it there. */
import { afterEach, describe, expect, test } from 'vitest';
import { estimateNewFilm } from '../../src/features/pipelines/confirm/film-estimate.ts';
import { resumeProject } from '../../src/features/pipelines/control/control.ts';
import { launchFilm } from '../../src/features/pipelines/confirm/launch-film.ts';
import { retryScene } from '../../src/features/pipelines/control/retry-scene.ts';
import { FILM_CALLS, type FilmCall } from '../../src/features/projects/film-provider.ts';
import { installProvider, requireCapability } from '../../src/providers/registry.ts';
import { googleAt } from '../support/google-server/adapter.ts';
import { type GoogleFilm, useGoogleStudio } from '../support/google-film.ts';
import { isQuestion } from '../support/google-server/routes.ts';
import type { Surface } from '../support/google-server/start.ts';

const OMNI_ON_VERTEX = { VIDPIPE_GOOGLE_VIDEO_MODEL: 'gemini-omni-1.1-flash-preview' };
const NEVER_ASKED = { status: 500, delayMs: 0 };

const WORLDS: [name: string, surface: Surface, clip: string, more: Record<string, string>][] = [
  ['the Gemini API', 'GEMINI', 'gemini-omni-1.2-flash', {}],
  ['Vertex with Veo', 'VERTEX', 'veo-3.1-generate-001', {}],
  ['Vertex with Omni', 'VERTEX', 'gemini-omni-1.1-flash-preview', OMNI_ON_VERTEX],
];

const standingOf = async (call: FilmCall) => requireCapability('GOOGLE', call).askForModel?.();

/** The answers are there: on a busy machine the SDK alone takes longer to load than a launch waits. */
const answered = () => Promise.all(FILM_CALLS.map(standingOf));

describe.each(WORLDS)('on %s', { tags: 'long' }, (_name, surface, clipModel, more) => {
  const studio = useGoogleStudio(surface, more);
  /** A process that remembers nothing. */
  const forget = () =>
    installProvider(googleAt(studio.server, surface, { VIDPIPE_GOOGLE_CLIPS_PER_MINUTE: '1000', ...more }));
  afterEach(async () => {
    await studio.server.world({ deadModels: [], asking: null });
    forget();
  });
  const purchases = async () =>
    (await studio.server.requests()).filter(
      (request) => request.method === 'POST' && request.path !== '/token' && !isQuestion(request),
    ).length;

  test.each([
    ['STORYBOARD', 'gemini-3.8-flash'],
    ['KEYFRAME', 'gemini-3-pro-image'],
    ['CLIP', clipModel],
  ])(
    'a dead model for the %s is a typed error of the launch, and nothing was bought',
    async (_call, model) => {
      await studio.server.world({ deadModels: [model] });
      await answered();
      const before = await purchases();
      await expect(studio.film().launch()).rejects.toMatchObject({
        code: 'MODEL_NOT_FOUND',
        message: expect.stringMatching(new RegExp(`${model}.*not found`)),
      });
      expect([await purchases(), await studio.server.ledger()]).toEqual([before, []]);
    },
  );

  test('it stops the run before its storyboard, where the launch did not see it', async () => {
    const { db } = studio.platform;
    const film = studio.film();
    await film.launch({ stopAfter: 'STORYBOARD' }).then(() => film.end());
    await db.scene.deleteMany({ where: { projectId: film.projectId } });
    await studio.server.world({ deadModels: [clipModel] });
    forget();
    const before = await purchases();
    const project = await film.project();
    const options = {
      stopAfter: null,
      crossfadeSeconds: 0,
      maxCostCents: null,
      priority: 'INTERACTIVE' as const,
      idempotencyKey: null,
    };
    // As a launch whose question was too slow.
    film.follow(
      await db.$transaction((tx) =>
        launchFilm(tx, studio.platform.ctx, project, options, { requestDigest: null }),
      ),
    );
    expect(await film.end()).toMatchObject({ status: 'FAILED', errorCode: 'MODEL_NOT_FOUND' });
    expect(await purchases()).toBe(before);
  });
});

describe('what is said', () => {
  const studio = useGoogleStudio('VERTEX');
  const VEO = 'veo-3.1-generate-001';
  const install = () => installProvider(googleAt(studio.server, 'VERTEX'));
  afterEach(async () => {
    await studio.server.world({ deadModels: [], asking: null });
    install();
  });
  const questions = async () => (await studio.server.requests()).filter(isQuestion).length;

  test('the replacement is named, and the setting', async () => {
    await studio.server.world({ deadModels: [VEO] });
    await answered();
    await expect(studio.film().launch()).rejects.toThrow(
      'Its replacement is gemini-omni-1.1-flash-preview: set VIDPIPE_GOOGLE_VIDEO_MODEL to that.',
    );
  });

  test('a model that this key may not use is a typed error of the launch, and nothing is bought', async () => {
    await studio.server.world({ asking: { status: 403, delayMs: 0 } });
    install();
    await answered();
    const sold = await studio.server.ledger();
    await expect(studio.film().launch()).rejects.toMatchObject({ code: 'PROVIDER_PERMISSION' });
    expect(await studio.server.ledger()).toEqual(sold);
  });

  test('the estimate says the same, first', async () => {
    await studio.server.world({ deadModels: [VEO] });
    await answered();
    const film = {
      prompt: 'A fox wakes.',
      provider: 'GOOGLE' as const,
      crossfadeSeconds: 0,
      stopAfter: null,
    };
    const { warnings } = await estimateNewFilm(studio.platform.ctx, film);
    expect(warnings[0]).toMatchObject({
      code: 'MODEL_REFUSED',
      message: expect.stringContaining('was not found or your project does not have access to it'),
    });
  });

  test('a model that is live is remembered for an hour: the next film asks nothing', async () => {
    await studio.film().launch({ stopAfter: 'STORYBOARD' });
    const before = await questions();
    await studio.film().launch({ stopAfter: 'STORYBOARD' });
    expect(await questions()).toBe(before);
  });

  test.each([
    ['503', { status: 503, delayMs: 0 }],
    ['429', { status: 429, delayMs: 0 }],
  ])(
    '%s to the question does not stop the film; a warning says that nobody knows',
    { tags: 'long' },
    async (_name, asking) => {
      await studio.server.world({ asking });
      const film = studio.film({ scenes: 1 });
      expect(await film.make({ stopAfter: 'KEYFRAMES' })).toMatchObject({ status: 'COMPLETED' });
      expect((await film.events('WARNING')).map(({ message }) => message)).toContainEqual(
        expect.stringMatching(/^Nobody knows yet whether gemini-3.8-flash is to be had:/),
      );
    },
  );

  test(
    'a question that hangs keeps the launch for seconds only, and does not stop the film',
    { tags: 'long' },
    async () => {
      await studio.server.world({ asking: { status: 503, delayMs: 6_000 } });
      const film = studio.film({ scenes: 1 });
      const began = Date.now();
      await film.launch({ stopAfter: 'STORYBOARD' });
      expect(Date.now() - began).toBeLessThan(6_000);
      expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
      expect((await film.events('WARNING')).map(({ message }) => message)).toContainEqual(
        expect.stringContaining('no answer came in 4 s; the run asks again before it buys anything.'),
      );
    },
  );

  test('going on and making a scene anew are refused as a launch is', { tags: 'long' }, async () => {
    const film: GoogleFilm = studio.film({ scenes: 1 });
    await film.make({ stopAfter: 'KEYFRAMES' });
    await studio.server.world({ deadModels: [VEO] });
    install();
    await answered();
    const sold = (await studio.server.ledger()).length;
    await expect(resumeProject(studio.platform.ctx, { projectId: film.projectId })).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
    });
    const { id: sceneId } = await film.scene(1);
    await expect(retryScene(studio.platform.ctx, { sceneId })).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
    });
    expect((await studio.server.ledger()).length).toBe(sold);
  });

  test('the schema has it', async () => {
    await studio.server.world({ deadModels: [VEO] });
    install();
    expect(await standingOf('STORYBOARD')).toMatchObject({ standing: 'LIVE', words: '' });
    expect(await standingOf('CLIP')).toMatchObject({ standing: 'REFUSED', code: 'MODEL_NOT_FOUND' });
    await studio.server.world({ asking: NEVER_ASKED });
    install();
    expect(await standingOf('KEYFRAME')).toMatchObject({ standing: 'NOT_KNOWN' });
  });
});
