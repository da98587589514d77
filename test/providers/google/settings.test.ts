/** How Google is reached: what each setting does, and that nothing of it is loaded where none is set. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { InvalidSettingsError, loadConfig } from '../../../src/platform/config.ts';
import { describeConfig } from '../../../src/platform/config-description.ts';
import { googleSettings } from '../../../src/providers/google/google-settings.ts';
import { googleProvider } from '../../../src/providers/google/index.ts';
import { costOf, ratesOf } from '../../../src/features/budget/cost-of.ts';
import { MODELS } from '../../../src/providers/google/models.ts';

const settingsOf = (env: Record<string, string>) => googleSettings(loadConfig(env));
const VERTEX = { GOOGLE_GENAI_USE_VERTEXAI: 'true', GOOGLE_CLOUD_PROJECT: 'films' };
const VEO = { ...VERTEX, VIDPIPE_GOOGLE_VIDEO_MODEL: 'veo-3.1-generate-001' };
const KEY = { GEMINI_API_KEY: 'AIza-one' };

const providerOf = (env: Record<string, string>) => {
  const settings = settingsOf(env);
  if (!settings) throw new Error('Google is not configured.');
  return googleProvider(settings).capabilities;
};

function refusal(env: Record<string, string>): string {
  try {
    settingsOf(env);
  } catch (error) {
    if (error instanceof InvalidSettingsError) return error.message;
    throw error;
  }
  throw new Error('The settings were accepted.');
}

test('without a key or a project there is no Google', () => {
  expect(settingsOf({})).toBeNull();
  expect(settingsOf({ GOOGLE_CLOUD_PROJECT: 'films' })).toBeNull();
});

test('a key opens the Gemini API, where Omni makes the clips', () => {
  expect(settingsOf({ ...KEY, GOOGLE_API_KEY: 'AIza-two' })).toMatchObject({
    surface: 'GEMINI',
    apiKey: 'AIza-two',
    models: { CLIP: { name: 'gemini-omni-1.2-flash' } },
  });
});

test('a project opens Vertex, where Omni makes the clips once Veo’s day has come', () => {
  const config = loadConfig({ ...VERTEX, ...KEY });
  expect(googleSettings(config, new Date('2026-11-16'))).toMatchObject({
    surface: 'VERTEX',
    project: 'films',
    models: { CLIP: { name: 'veo-3.1-generate-001' } },
  });
  expect(googleSettings(config, new Date('2026-11-17'))).toMatchObject({
    models: { CLIP: { name: 'gemini-omni-1.1-flash-preview' } },
  });
  // Others may be chosen, and Veo while it answers.
  for (const name of ['veo-3.1-generate-001', 'gemini-omni-1.2-flash'])
    expect(settingsOf({ ...VERTEX, VIDPIPE_GOOGLE_VIDEO_MODEL: name })?.models.CLIP.name).toBe(name);
});

test.each([
  ['us-central1', 'global'],
  ['europe-west4', 'global'],
  ['global', 'global'],
  ['eu', 'eu'],
  ['us', 'us'],
])('of the location %s Gemini models are asked for in %s', (location, asked) => {
  expect(settingsOf({ ...VERTEX, GOOGLE_CLOUD_LOCATION: location })).toMatchObject({ location: asked });
});

test('a model that is to be retired names one in its place, on the same surface', () => {
  for (const { call, surfaces, retiresOn, replacement } of MODELS) {
    if (retiresOn === null) continue;
    const other = MODELS.find(({ name }) => name === replacement);
    expect(other).toMatchObject({ call, surfaces });
  }
});

test('what does not fit is named, with what would', () => {
  expect(refusal({ GOOGLE_GENAI_USE_VERTEXAI: 'true' })).toMatch(/^GOOGLE_CLOUD_PROJECT: is missing/);
  expect(refusal({ ...KEY, VIDPIPE_GOOGLE_VIDEO_MODEL: 'veo-3.1-generate-001' })).toBe(
    'VIDPIPE_GOOGLE_VIDEO_MODEL: must be one of gemini-omni-1.2-flash, gemini-omni-1.1-flash on the Gemini API, not veo-3.1-generate-001.',
  );
  const fast = { ...VERTEX, VIDPIPE_GOOGLE_VIDEO_MODEL: 'veo-3.1-fast-generate-001' };
  expect(refusal({ ...fast, VIDPIPE_GOOGLE_RESOLUTION: '4k' })).toBe(
    'VIDPIPE_GOOGLE_RESOLUTION: veo-3.1-fast-generate-001 makes 720p, 1080p, not 4k.',
  );
});

test('a silent clip of Veo is quoted at about half, and a storyboard at twice from 2027 on', () => {
  const { STORYBOARD, CLIP } = providerOf(VEO);
  const clip = (sound: boolean) => {
    const quote = CLIP.quote({ durationSeconds: 4, aspectRatio: '16:9', sound });
    return costOf(quote.most, ratesOf(CLIP.model, quote, '2026-11-29'));
  };
  expect([clip(true), clip(false)]).toEqual([1_600_000, 800_000]);
  const million = (day: string) =>
    costOf(
      { MILLION_INPUT_TOKENS: 1, MILLION_OUTPUT_TOKENS: 1 },
      ratesOf(STORYBOARD.model, { resolution: null }, day),
    );
  expect([million('2026-12-31'), million('2027-01-01')]).toEqual([4_500_000, 9_000_000]);
});

test('a key is never shown', () => {
  const shown = describeConfig(loadConfig({ ...KEY, GOOGLE_API_KEY: 'AIza-two' }));
  expect(JSON.stringify(shown)).not.toContain('AIza');
  expect(shown.find(({ name }) => name === 'GEMINI_API_KEY')).toMatchObject({ value: '***' });
});

describe('what a call will use', () => {
  test.each([
    ['720p', 'KEYFRAMES', [4, 4, 6, 6, 8, 8, 8]],
    ['720p', 'REFERENCE_IMAGES', [8, 8, 8, 8, 8, 8, 8]],
    ['1080p', 'KEYFRAMES', [8, 8, 8, 8, 8, 8, 8]],
    ['4k', 'KEYFRAMES', [8, 8, 8, 8, 8, 8, 8]],
  ] as const)('at %s from %s lengths snap to what Veo makes, upwards', (resolution, clipsFrom, made) => {
    const { CLIP } = providerOf({ ...VEO, VIDPIPE_GOOGLE_RESOLUTION: resolution });
    const quoted = [1, 4, 5, 6, 7, 8, 9].map((durationSeconds) =>
      CLIP.quote({ durationSeconds, aspectRatio: '16:9', clipsFrom }),
    );
    expect(quoted).toMatchObject(
      made.map((SECOND) => ({ resolution, likely: { SECOND }, most: { SECOND } })),
    );
  });

  test('every length that is known of a model has its source and its day', () => {
    for (const { video } of MODELS) {
      if (!video) continue;
      for (const resolution of video.resolutions)
        for (const clipsFrom of ['KEYFRAMES', ...(video.maxReferences > 0 ? ['REFERENCE_IMAGES'] : [])]) {
          const known = video.lengths.filter(
            (lengths) => lengths.clipsFrom === clipsFrom && lengths.resolutions.includes(resolution),
          );
          expect(known).toMatchObject([
            { source: expect.stringMatching(/^https:/), asOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
          ]);
        }
    }
  });

  test('frames are quoted by the picture, in a size that is no smaller than the film', () => {
    const { KEYFRAME } = providerOf({ ...VEO, VIDPIPE_GOOGLE_RESOLUTION: '1080p' });
    expect(KEYFRAME.quote({ position: 'START', aspectRatio: '16:9' })).toMatchObject({
      resolution: '2K',
      most: { IMAGE: 1 },
    });
  });

  test('a storyboard never uses more than was quoted as the most', () => {
    const { STORYBOARD } = providerOf(KEY);
    const request = {
      prompt: '文'.repeat(20_000),
      style: 'noir',
      aspectRatio: '16:9' as const,
      targetClipDuration: 4,
      targetDuration: null,
      maxScenes: 15,
    };
    const { likely, most } = STORYBOARD.quote(request);
    expect(most.MILLION_INPUT_TOKENS).toBeGreaterThanOrEqual(0.02);
    expect(most.MILLION_OUTPUT_TOKENS).toBeGreaterThan(likely.MILLION_OUTPUT_TOKENS ?? 0);
  });

  test('every model that can be quoted has a price for it, with its source and day', () => {
    for (const surface of [KEY, VERTEX]) {
      for (const { name } of MODELS.filter(({ call }) => call === 'CLIP')) {
        const env: Record<string, string> = { ...surface, VIDPIPE_GOOGLE_VIDEO_MODEL: name };
        const settings = MODELS.find((model) => model.name === name);
        if (!settings?.surfaces.includes(surface === KEY ? 'GEMINI' : 'VERTEX')) continue;
        for (const resolution of settings.video?.resolutions ?? []) {
          const { KEYFRAME, CLIP } = providerOf({
            ...env,
            VIDPIPE_GOOGLE_RESOLUTION: resolution,
          });
          const clip = CLIP.quote({ durationSeconds: 4, aspectRatio: '16:9' });
          const frame = KEYFRAME.quote({ position: 'END', aspectRatio: '16:9' });
          for (const sound of [true, false])
            expect(costOf(clip.most, ratesOf(CLIP.model, { ...clip, sound }, '2026-11-29'))).toBeGreaterThan(
              0,
            );
          expect(costOf(frame.most, ratesOf(KEYFRAME.model, frame, '2026-11-29'))).toBeGreaterThan(0);
        }
      }
    }
    for (const price of MODELS.flatMap(({ prices }) => prices)) {
      expect(price.source).toMatch(/^https:\/\//);
      expect(price.asOf).toMatch(/^2026-\d\d-\d\d$/);
    }
  });
});

test(
  'without a key nothing of the SDK is loaded, and with one not before the first call',
  { tags: 'long' },
  async () => {
    const child = 'test/providers/google/loaded.child.ts';
    const loaded = async (env: Record<string, string>) => {
      const { PATH = '' } = process.env;
      const { stdout } = await promisify(execFile)(process.execPath, [child], { env: { PATH, ...env } });
      return JSON.parse(stdout) as string[];
    };
    expect(await loaded({})).toEqual([]);
    expect(await loaded(KEY)).toEqual(['GOOGLE']);
  },
);
