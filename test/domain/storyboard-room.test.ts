/** How much room each try of a storyboard has. */
import { expect, test } from 'vitest';
import { shortfallAfter } from '../../src/features/storyboards/shortfall.ts';
import { quoteStoryboard } from '../../src/providers/google/storyboard.ts';
import type { Shortfall, StoryboardRequest } from '../../src/providers/capabilities/storyboard.ts';

const CUT = { problem: 'It was cut off.', wasCut: true };
const WHOLE = { problem: 'Of no use.', wasCut: false };
const REQUEST: StoryboardRequest = {
  prompt: 'A fox wakes.',
  style: 'cinematic',
  aspectRatio: '16:9',
  targetClipDuration: 4,
  targetDuration: null,
  maxScenes: 15,
};

/** Tokens of room that the try after such answers has. */
function roomAfter(answers: { problem: string; wasCut: boolean }[]): number {
  const before = answers.reduce<Shortfall | null>(shortfallAfter, null);
  return (quoteStoryboard({ ...REQUEST, before }).most.MILLION_OUTPUT_TOKENS ?? 0) * 1_000_000;
}

test('an answer that was cut off is given more room, and so is every one after it', () => {
  expect(roomAfter([])).toBe(32_768);
  expect(roomAfter([WHOLE])).toBe(32_768);
  expect(roomAfter([CUT])).toBe(65_536);
  expect(roomAfter([CUT, WHOLE])).toBe(65_536);
  expect(roomAfter([WHOLE, CUT])).toBe(65_536);
});
