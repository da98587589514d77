/** What `vidpipe doctor --live` asks for before it costs. */
import { expect, test } from 'vitest';
import { planLiveTry } from '../../src/live-try.ts';
import { tryLive } from '../../src/cli/installation/try-live.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { newDataDir } from '../support/vidpipe-process.ts';

const config = (env: Record<string, string> = {}) =>
  loadConfig({ VIDPIPE_DATA_DIR: newDataDir(), GEMINI_API_KEY: 'AIza-one', ...env });

test('by default it is the cheapest clip of three seconds, and at most 50 cents', () => {
  const plan = planLiveTry(config());
  expect(plan).toMatchObject({ seconds: 3, settings: { resolution: '360p' } });
  expect(plan?.settings.models.CLIP.name).toMatch(/^gemini-omni-/);
  expect(plan?.cents).toBeLessThanOrEqual(50);
});

test('the models that are set are tried, whatever they cost', () => {
  const plan = planLiveTry(
    config({
      VIDPIPE_GOOGLE_IMAGE_MODEL: 'gemini-3-pro-image',
      VIDPIPE_GOOGLE_VIDEO_MODEL: 'gemini-omni-1.1-flash',
    }),
  );
  expect(plan?.settings.models).toMatchObject({
    KEYFRAME: { name: 'gemini-3-pro-image' },
    CLIP: { name: 'gemini-omni-1.1-flash' },
  });
});

test('it does not begin where it could cost more than the cap', async () => {
  await expect(tryLive(config(), { capCents: 10, yes: true })).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/more than 10 cents \(--cap-cents\); nothing was begun/),
  });
});

test('it does not begin without a yes', async () => {
  await expect(tryLive(config(), { json: true })).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('add --yes; nothing was begun'),
  });
});

test('it says what it needs', async () => {
  await expect(tryLive(loadConfig({ VIDPIPE_DATA_DIR: newDataDir() }), { yes: true })).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('GEMINI_API_KEY'),
  });
});
