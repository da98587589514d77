import { expect, test } from 'vitest';
import { safetyOf } from '../../src/features/clips/scene-safety.ts';
import { gentler } from '../../src/providers/google/soften.ts';

const refused = (errorMessage: string, supersededAt: Date | null = null) => ({
  status: 'RAI_FILTERED' as const,
  errorMessage,
  supersededAt,
});

test('a scene that no filter refused has nothing to tell', () => {
  expect(safetyOf([])).toBeNull();
  expect(safetyOf([{ status: 'FAILED', errorMessage: 'x', supersededAt: null }])).toBeNull();
});

test.each([
  ['Your current prompt was blocked.', 'PROMPT'],
  ['The input image violates the usage guidelines.', 'FRAMES'],
  ['We could not generate the audio for it.', 'RESULT'],
  ['Support codes: 17301594', 'UNKNOWN'],
])('%s: %s was refused, and there is advice', (reason, refusedInput) => {
  expect(safetyOf([refused('Anything.', new Date()), refused(reason)])).toEqual({
    refusedInput,
    reason,
    refusals: 2,
    isFinal: true,
    advice: expect.stringContaining('Change'),
  });
});

test('while gentler words are tried, the refusal is not the last word', () => {
  expect(safetyOf([refused('Blocked.', new Date())])).toMatchObject({ isFinal: false });
});

test('gentler words replace those that filters trip over, and nothing where nothing is to be softened', () => {
  const words = 'A girl with a sword murders a dead body, bloody.';
  expect(gentler(words, 0)).toBe(words);
  expect(gentler(words, 1)).toBe(
    'A young adult with a prop confronts a still figure still figure, red light.',
  );
});
