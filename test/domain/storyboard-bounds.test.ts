import { describe, expect, test } from 'vitest';
import { MAX_SCENES, storyboardAnswer } from '../../src/providers/storyboard-answer.ts';

const scene = {
  scene_index: 0,
  scene_description: 'A lighthouse.',
  start_frame_prompt: 'A lighthouse at dusk.',
  end_frame_prompt: 'A lighthouse at night.',
  video_motion_prompt: 'A slow push in.',
  transition_notes: 'Cut.',
};
const storyboard = (count: number, words: Partial<typeof scene> = {}) => ({
  style_guide: { visual_style: 'Oil', color_palette: 'Blue', camera_style: 'Still' },
  scenes: Array.from({ length: count }, (_, index) => ({ ...scene, ...words, scene_index: index })),
});
const isTaken = (answer: unknown) => storyboardAnswer.safeParse(answer).success;

describe('a storyboard', () => {
  test('has one scene at least, and as many as any may have at most', () => {
    expect([0, 1, MAX_SCENES].map((count) => isTaken(storyboard(count)))).toEqual([false, true, true]);
  });

  test.each(['scene_description', 'start_frame_prompt', 'end_frame_prompt', 'video_motion_prompt'] as const)(
    'has words in every %s: one letter will do, none and spaces do not',
    (field) => {
      expect(['', ' \n', 'A'].map((words) => isTaken(storyboard(2, { [field]: words })))).toEqual([
        false,
        false,
        true,
      ]);
    },
  );
});
