import { expect, test } from 'vitest';
import { InvalidInputError } from '../../src/core/errors.ts';
import { newWords, staleFrames } from '../../src/features/storyboards/scene-words.ts';

const scene = {
  sceneIndex: 0,
  sceneDescription: 'A fox wakes.',
  startFramePrompt: 'A fox asleep.',
  endFramePrompt: 'A fox awake.',
  videoMotionPrompt: 'The camera rests.',
  narration: 'Once upon a time.',
};

const issuesOf = (words: Parameters<typeof newWords>[1], of = scene) => {
  try {
    newWords(of, words);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.issues;
    throw error;
  }
  return [];
};

test('only what differs from the scene is new; silence differs from a narration', () => {
  expect(newWords(scene, {})).toEqual({});
  expect(newWords(scene, { sceneDescription: ' A fox wakes. ', endFramePrompt: 'A fox yawns.' })).toEqual({
    endFramePrompt: 'A fox yawns.',
  });
  expect(newWords(scene, { narration: null })).toEqual({ narration: null });
});

test.each([
  ['decomposed letters', 'Ein Fu\u0308chslein.', 'Ein F\u00FCchslein.'],
  ['other ends of lines', 'A fox.\r\nIt sleeps.', 'A fox.\nIt sleeps.'],
  ['spaces around and between', '  A fox  sleeps. ', 'A fox sleeps.'],
])('the same words with %s are not new: nothing is bought for them', (_name, sent, kept) => {
  for (const field of [
    'sceneDescription',
    'startFramePrompt',
    'endFramePrompt',
    'videoMotionPrompt',
    'narration',
  ])
    expect(newWords({ ...scene, [field]: kept }, { [field]: sent })).toEqual({});
});

test('a last frame is drawn from the first: new words for that make both stale', () => {
  expect(staleFrames({ startFramePrompt: 'x' })).toEqual(['START', 'END']);
  expect(staleFrames({ endFramePrompt: 'x' })).toEqual(['END']);
  expect(staleFrames({ videoMotionPrompt: 'x', narration: null })).toEqual([]);
});

test('each issue names its field and the way out', () => {
  expect(issuesOf({ startFramePrompt: 'A hare.', endFramePrompt: ' ' }, { ...scene, sceneIndex: 2 })).toEqual(
    [
      { path: ['endFramePrompt'], message: 'The prompt of the last frame must not be empty.' },
      {
        path: ['startFramePrompt'],
        message:
          'Scene 3 begins with the last frame of the scene before it; leave it out, or change the endFramePrompt of that one.',
      },
    ],
  );
  expect(issuesOf({ narration: 'x'.repeat(4_001) })).toMatchObject([{ path: ['narration'] }]);
});
