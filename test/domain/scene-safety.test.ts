import { expect, test } from 'vitest';
import { refusedInputOf } from '../../src/providers/google/refused-input.ts';
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
  ['We could not generate the audio for it.', 'SOUND'],
  ['Support codes: 17301594', 'RESULT'],
  ['Support codes: 58061214, 17301594', 'PROMPT'],
  ['Support codes: 1', 'UNKNOWN'],
  [
    'We encountered an issue with the audio for your prompt, which means we could not create your video.',
    'SOUND',
  ],
  ['Veo could not generate 1 videos based on the prompt provided. Support codes: 42237218', 'RESULT'],
  ['Veo could not generate 2 videos based on the prompt provided.', 'RESULT'],
  ['The prompt could not be submitted. Try rephrasing the prompt. Support codes: 29310472', 'PROMPT'],
  ["The input image violates Vertex AI's usage guidelines. Support codes: 15236754", 'FRAMES'],
  ["Sorry, we can't create videos from input images containing photorealistic children.", 'FRAMES'],
  ['Unable to show the generated video. Try rephrasing the prompt.', 'RESULT'],
  ["Input blocked: Sorry, we can't create videos with real people's names or likenesses.", 'PROMPT'],
  [
    'Request blocked due to safety violations (harmful content). Please modify your input and retry.',
    'PROMPT',
  ],
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
