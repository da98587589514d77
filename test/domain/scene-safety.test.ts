import { expect, test } from 'vitest';
import { refusedInputOf } from '../../src/features/clips/refuse-shot.ts';
import { safetyOf } from '../../src/features/storyboards/scene-safety.ts';
import { gentler } from '../../src/providers/google/soften.ts';

const refused = { input: 'PROMPT' as const, reason: 'Blocked.', nextSoftening: 1 };

test('a scene of which nothing was refused has nothing to tell', () => {
  expect(safetyOf([])).toBeNull();
});

test('the last refusal is told, with advice; it is final once nothing gentler is left', () => {
  const last = { input: 'END_FRAME' as const, reason: 'Still blocked.', nextSoftening: null };
  expect(safetyOf([refused, last])).toEqual({
    refusedInput: 'END_FRAME',
    reason: 'Still blocked.',
    refusals: 2,
    isFinal: true,
    advice: expect.stringContaining('Change the prompt of the last frame'),
  });
  expect(safetyOf([refused])).toMatchObject({ isFinal: false });
});

test.each([
  ["This prompt contains words that violate Vertex AI's usage guidelines.", 'PROMPT'],
  ['The input image violates the usage guidelines.', 'FRAMES'],
  ['The last frame violates the usage guidelines.', 'END_FRAME'],
  ['The first image of the prompt is not allowed.', 'START_FRAME'],
  ['We could not generate the audio for it.', 'RESULT'],
  ['Support codes: 17301594', 'UNKNOWN'],
])('%s: %s was refused', (reason, input) => {
  expect(refusedInputOf(reason)).toBe(input);
});

test('gentler words replace those that filters trip over, and nothing where nothing is to be softened', () => {
  const words = 'A girl with a sword murders a dead body, bloody.';
  expect(gentler(words, 0)).toBe(words);
  expect(gentler(words, 1)).toBe(
    'A young adult with a prop confronts a still figure still figure, red light.',
  );
});
