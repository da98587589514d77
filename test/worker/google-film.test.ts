/** From a prompt to a film by Google's models, with the real SDK: what goes out, and what is there in the end. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { openGoogleStudio } from '../support/google-film.ts';
import { PROJECT, type RecordedRequest, type Surface } from '../support/google-server/start.ts';

/** The words that a request is about: its last text. */
function wordsOf({ body }: RecordedRequest): string {
  const found = JSON.stringify(body).matchAll(/"(?:text|prompt)":"((?:[^"\\]|\\.)*)"/g);
  return [...found].at(-1)?.[1] ?? '';
}

const isEmptyAsk = (body: unknown): boolean => /^{"(?:contents|instances)":\[\]/.test(JSON.stringify(body));

const MODELS: Record<Surface, string> = {
  GEMINI: '/v1/models/',
  VERTEX: `/v1beta1/projects/${PROJECT}/locations/global/publishers/google/models/`,
};

const SUBMITS: Record<Surface, string> = {
  GEMINI: '/v1beta/interactions',
  VERTEX: `/v1beta1/projects/${PROJECT}/locations/us-central1/publishers/google/models/veo-3.1-generate-001:predictLongRunning`,
};

describe.each<Surface>(['GEMINI', 'VERTEX'])('on %s', (surface) => {
  const tags = surface === 'VERTEX' ? ['long' as const] : [];
  test('a prompt becomes a film, and each thing is bought once, in order', { tags }, async () => {
    const studio = await openGoogleStudio(surface);
    onTestFinished(() => studio.remove());
    const film = studio.film();
    const clipOptions = surface === 'VERTEX' ? { seed: 7, negativePrompt: 'Rain.', sound: false } : {};
    expect(await film.make({ clipOptions })).toMatchObject({
      status: 'COMPLETED',
      errorCode: null,
    });

    expect((await film.newestFilm()).durationSeconds).toBeCloseTo(8, 1);
    expect(await film.clip(1)).toMatchObject({
      status: 'COMPLETE',
      operationName: expect.stringMatching(surface === 'GEMINI' ? /^interactions\// : /^projects\//),
      resultUri: expect.stringMatching(surface === 'GEMINI' ? /\/files\/clip-/ : /^projects\//),
    });
    const kinds = (await studio.server.ledger()).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['CLIP', 'CLIP', 'KEYFRAME', 'KEYFRAME', 'KEYFRAME', 'STORYBOARD']);

    const settled = await film.bill();
    expect(settled).toBeGreaterThan(400_000);
    expect(await film.cost()).toEqual({ settled, reserved: 0, unknown: 0 });

    // Whether a model is there is asked beforehand, of some by a request without anything in it.
    const requests = (await studio.server.requests()).filter(({ body }) => !isEmptyAsk(body));
    const paid = (suffix: string) => requests.filter(({ path }) => path.endsWith(suffix));
    expect(paid('gemini-3.8-flash:generateContent')).toMatchObject([
      { path: `${MODELS[surface]}gemini-3.8-flash:generateContent` },
    ]);
    const frames = paid('gemini-3-pro-image:generateContent');
    expect(frames.map((frame) => wordsOf(frame).split('\\n')[0])).toEqual([
      `First frame: A fox called ${film.tag}one wakes.`,
      `Last frame: A fox called ${film.tag}one wakes.`,
      `Last frame: A hare called ${film.tag}two runs.`,
    ]);
    const clips = requests.filter(({ method, path }) => method === 'POST' && path === SUBMITS[surface]);
    expect(clips.map((clip) => wordsOf(clip)).toSorted()).toEqual([
      expect.stringContaining(`A fox called ${film.tag}one wakes.`),
      expect.stringContaining(`A hare called ${film.tag}two runs.`),
    ]);
    expect(clips[0]?.body).toMatchObject(
      surface === 'VERTEX'
        ? { parameters: { seed: 7, negativePrompt: 'Rain.', generateAudio: false } }
        : { generation_config: { video_config: { task: 'image_to_video' } } },
    );
    // The first scene's last frame is the second one's first.
    const pictures = (scene: 1 | 2) => film.onlyClip(scene).then((entry) => entry.pictures);
    expect((await pictures(1))[1]).toBe((await pictures(2))[0]);
  });
});
