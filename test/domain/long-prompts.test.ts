import { expect, test } from 'vitest';
import { foresee, isForeseen } from '../../src/features/storyboards/foresight.ts';
import { MAX_PROMPT_LENGTH } from '../../src/features/projects/project-input.ts';
import { expectedScenes } from '../../src/features/storyboards/scene-count.ts';
import { LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { writeStoryboard } from '../../src/providers/animatic/storyboard/storyboard.ts';

/** Of the longest prompt's length. */
const filled = (unit: string, before = '', after = '') => {
  const room = MAX_PROMPT_LENGTH - before.length - after.length;
  return before + unit.repeat(Math.floor(room / unit.length)) + after;
};

/** The patterns of a reader that tries each way to part them would take minutes, some of them years. */
test.each([
  ['prose', filled('The keeper walks along the shore. '), 15],
  ['one word', filled('x'), 1],
  ['initials', filled('A. '), 1],
  ['short lines', filled('x\n'), 15],
  ['a heading and spaces', filled(' ', 'Scene ', 'a dog runs.'), 1],
  ['a heading and stars', filled('*', 'Scene '), 1],
  ['a narrator and spaces', filled(' ', 'narrator', 'a dog runs.'), 1],
  ['a narrator and quotes', filled('" ', 'narrator: a dog runs', 'a'), 1],
  ['commas', filled('a dog runs fast, '), 1],
  ['dashes', filled(' — '), 1],
  ['headings', filled('Scene 1: A dog.\n'), 15],
])('the longest prompt is read at once: %s', { tags: 'long' }, (_what, prompt, likely) => {
  const asked = { prompt, targetDuration: null, targetClipDuration: 4 };
  expect(expectedScenes(asked)).toEqual({ low: 1, likely, high: 15 });
  const request = { ...asked, style: 'cinematic', aspectRatio: '16:9', maxScenes: 15 } as const;
  expect(writeStoryboard(request).scenes.length).toBe(likely);
  expect(writeStoryboard({ ...request, targetDuration: 60 }).scenes).toHaveLength(15);
});

test('what was foreseen of a long prompt need not be read while others wait', async () => {
  const film = {
    provider: 'ANIMATIC',
    prompt: filled('The keeper walks along the shore. '),
    style: 'cinematic',
    aspectRatio: '16:9',
    targetClipDuration: 4,
    targetDuration: null,
  } as const;
  expect(isForeseen(film)).toBe(false);
  await foresee(film, { name: 'test', workspaceId: LOCAL_WORKSPACE_ID });
  expect(isForeseen(film)).toBe(true);
});
