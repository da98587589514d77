import { describe, expect, onTestFinished, test } from 'vitest';
import { InvalidInputError } from '../../src/core/errors.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { googleSettings } from '../../src/providers/google/google-settings.ts';
import { googleProvider } from '../../src/providers/google/index.ts';
import { installProvider, providers } from '../../src/providers/registry.ts';
import { checkProjectInput, type ProjectInput } from '../../src/features/projects/project-input.ts';

const refusalOf = (input: ProjectInput) => {
  try {
    checkProjectInput(input);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.issues;
    throw error;
  }
  return [];
};

const fine = { prompt: 'A lighthouse at dusk.' };

describe('refused, naming the field and the way out', () => {
  test.each<[string, ProjectInput, string, RegExp]>([
    ['an empty prompt', { prompt: '' }, 'prompt', /must not be empty/],
    ['a prompt of blanks', { prompt: ' \n\t ' }, 'prompt', /must not be empty/],
    ['a prompt of zero-width characters', { prompt: '\u200b\u2060\ufeff' }, 'prompt', /must not be empty/],
    ['a prompt of marks of direction', { prompt: '\u202e\u2066\u2069' }, 'prompt', /must not be empty/],
    ['a prompt of fillers', { prompt: '\u3164 \u2800\ufe0f' }, 'prompt', /must not be empty/],
    ['a title that shows nothing', { ...fine, title: '\u200b' }, 'title', /must not be empty/],
    ['a prompt of 100,000 characters', { prompt: 'a'.repeat(100_000) }, 'prompt', /at most 20,000/],
    ['a control character', { prompt: 'a\u0000b' }, 'prompt', /control characters/],
    ['an escape sequence in the title', { ...fine, title: '\u001b[31mred' }, 'title', /control characters/],
    ['an unknown style', { ...fine, style: 'vaporwave' }, 'style', /cinematic.*noir/],
    ['aspect ratio 4:3', { ...fine, aspectRatio: '4:3' }, 'aspectRatio', /16:9, 9:16, 1:1/],
    [
      'a clip of 0 seconds',
      { ...fine, targetClipDuration: 0 },
      'targetClipDuration',
      /whole number of seconds from 1/,
    ],
    ['a clip of 3.7 seconds', { ...fine, targetClipDuration: 3.7 }, 'targetClipDuration', /whole number/],
    ['a film of 0 seconds', { ...fine, targetDuration: 0 }, 'targetDuration', /at least 1/],
    ['more than 15 scenes', { ...fine, targetDuration: 61 }, 'targetDuration', /at most 60 s/],
  ])('%s', (_what, input, field, wayOut) => {
    expect(refusalOf(input)).toEqual([{ path: [field], message: expect.stringMatching(wayOut) }]);
  });
});

/** Sets Google up, for the test that calls it. */
const google = (env: Record<string, string>) => {
  const settings = googleSettings(loadConfig(env));
  if (!settings) throw new Error('Google is not configured.');
  installProvider(googleProvider(settings));
  onTestFinished(() => void delete providers.GOOGLE);
};

describe('what only some providers take', () => {
  const film: ProjectInput = { ...fine, provider: 'GOOGLE' };

  test('from reference images a clip may last as long as it is made then', () => {
    google({ GEMINI_API_KEY: 'AIza-one' });
    const clipsFrom = 'REFERENCE_IMAGES';
    const path = ['targetClipDuration'];
    expect(refusalOf({ ...film, targetClipDuration: 15, clipsFrom })).toEqual([]);
    expect(refusalOf({ ...film, targetClipDuration: 16, clipsFrom })).toEqual([
      { path, message: 'Must be a whole number of seconds from 3 to 15.' },
    ]);
    expect(refusalOf({ ...film, targetClipDuration: 11 })).toEqual([
      { path, message: 'Must be a whole number of seconds from 3 to 10.' },
    ]);
  });

  test('a square film is refused with those who make it', () => {
    google({ GEMINI_API_KEY: 'AIza-one' });
    expect(refusalOf({ ...film, aspectRatio: '1:1' })).toEqual([
      { path: ['aspectRatio'], message: 'Must be one of 16:9, 9:16. 1:1 is made by ANIMATIC.' },
    ]);
  });

  test('seed, negative prompt and silence are refused where the model has none of it', () => {
    const options = { seed: 7, negativePrompt: 'Rain.', sound: false };
    expect(refusalOf({ ...fine, ...options }).map(({ path }) => path[0])).toEqual([
      'seed',
      'negativePrompt',
      'sound',
    ]);
    google({ GEMINI_API_KEY: 'AIza-one' });
    expect(refusalOf({ ...film, ...options })).toEqual([
      { path: ['seed'], message: 'Google (gemini-omni-1.2-flash) does not take it; leave it out.' },
      {
        path: ['negativePrompt'],
        message: 'Google (gemini-omni-1.2-flash) does not take it; leave it out.',
      },
      { path: ['sound'], message: expect.stringContaining('leave it out') },
    ]);
    google({
      GOOGLE_GENAI_USE_VERTEXAI: 'true',
      GOOGLE_CLOUD_PROJECT: 'films',
      VIDPIPE_GOOGLE_VIDEO_MODEL: 'veo-3.1-generate-001',
    });
    expect(refusalOf({ ...film, ...options })).toEqual([]);
  });

  test('a seed that no model takes is refused', () => {
    expect(refusalOf({ ...fine, seed: -1 })).toContainEqual({
      path: ['seed'],
      message: 'The seed must be a whole number from 0 to 2147483647.',
    });
  });
});

test('everything that is wrong is said at once', () => {
  const fields = refusalOf({ prompt: '', style: 'x', aspectRatio: '4:3', targetClipDuration: 99 });
  expect(fields.map(({ path }) => path[0])).toEqual(['prompt', 'style', 'aspectRatio', 'targetClipDuration']);
});

test.each(['مدينة في الليل', 'עיר בלילה', '🚢🌊 a ship 👩‍👩‍👧', 'Line one\n\tline two', '夜の港'])(
  '"%s" is a fine prompt',
  (prompt) => {
    expect(checkProjectInput({ prompt }).prompt).toBe(prompt);
  },
);

test('fifteen scenes are just allowed', () => {
  expect(checkProjectInput({ ...fine, targetDuration: 60 }).targetDuration).toBe(60);
});
