/** What is tried when the sound of a clip is refused, and the same again did not help. */
import { afterAll, expect, test } from 'vitest';
import { changedRung } from '../../src/features/storyboards/safety-ladder.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { googleSettings } from '../../src/providers/google/google-settings.ts';
import { googleProvider } from '../../src/providers/google/index.ts';
import { installProvider, providers } from '../../src/providers/registry.ts';

afterAll(() => {
  delete providers.GOOGLE;
});

const OMNI = { GEMINI_API_KEY: 'AIza-one' };
const VEO = {
  GOOGLE_GENAI_USE_VERTEXAI: 'true',
  GOOGLE_CLOUD_PROJECT: 'films',
  VIDPIPE_GOOGLE_VIDEO_MODEL: 'veo-3.1-generate-001',
};
const NOBODY = { narration: '', spokenNarration: null, withoutSound: false, softening: 0 };
const SPOKEN = { ...NOBODY, narration: 'The fox wakes.' };

test.each([
  ['Veo, nobody speaks', VEO, NOBODY, 'WITHOUT_SOUND'],
  ['Veo, somebody speaks', VEO, SPOKEN, 1],
  ['Veo, what was to be spoken is left out', VEO, { ...SPOKEN, spokenNarration: '' }, 'WITHOUT_SOUND'],
  ['Veo, silent already', VEO, { ...NOBODY, withoutSound: true }, 1],
  ['Veo, somebody speaks softened words', VEO, { ...SPOKEN, softening: 1 }, 2],
  ['Veo, somebody speaks the softest words', VEO, { ...SPOKEN, softening: 2 }, null],
  ['Omni, which makes no silent clip, nobody speaks', OMNI, NOBODY, 1],
  ['Omni, somebody speaks', OMNI, SPOKEN, 1],
])('%s', (_who, environment, scene, rung) => {
  const settings = googleSettings(loadConfig(environment));
  if (!settings) throw new Error('Google is not configured.');
  installProvider(googleProvider(settings));
  expect(changedRung('SOUND', scene, { provider: 'GOOGLE', sound: true })).toBe(rung);
});
