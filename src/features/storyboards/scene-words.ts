/** The words of a scene that a person may put in place of the storyboard's. */
import { z } from 'zod';
import { type InputIssue, refuseIssues } from '../../core/errors.ts';
import { isSameValue } from '../../core/same-text.ts';
import type { KeyframePosition, Scene } from '../../generated/prisma/client.ts';
import { text } from '../projects/project-input.ts';

/** Longest text of a scene, in UTF-16 units; as many as a storyboard may have. */
const MAX_LENGTH = 4_000;

const sceneWords = z.object({
  sceneDescription: text('The description', MAX_LENGTH).optional(),
  startFramePrompt: text('The prompt of the first frame', MAX_LENGTH).optional(),
  endFramePrompt: text('The prompt of the last frame', MAX_LENGTH).optional(),
  videoMotionPrompt: text('The motion prompt', MAX_LENGTH).optional(),
  narration: text('The narration', MAX_LENGTH).nullish(),
});

/** What is left out stays; a narration of null is silence. */
export type SceneWords = Partial<Pick<Scene, keyof z.input<typeof sceneWords>>>;

/**
 * Checks them all, and finds what of them is new to the scene.
 *
 * @throws {InvalidInputError} with every issue found.
 */
export function newWords(scene: Pick<Scene, keyof SceneWords | 'sceneIndex'>, words: SceneWords): SceneWords {
  const { data, error } = sceneWords.safeParse(words);
  const issues: InputIssue[] = (error?.issues ?? []).map(({ path, message }) => ({
    path: path.map(String),
    message,
  }));
  if (words.startFramePrompt !== undefined && scene.sceneIndex > 0)
    issues.push({
      path: ['startFramePrompt'],
      message: `Scene ${scene.sceneIndex + 1} begins with the last frame of the scene before it; leave it out, or change the endFramePrompt of that one.`,
    });
  refuseIssues(issues);
  const isNew = ([name, value]: [string, unknown]) =>
    value !== undefined && !isSameValue(value, scene[name as keyof SceneWords]);
  return Object.fromEntries(Object.entries(data ?? {}).filter(isNew));
}

/** Frames that other words make stale: a last frame is drawn from the first. */
export function staleFrames({ startFramePrompt, endFramePrompt }: SceneWords): KeyframePosition[] {
  if (startFramePrompt !== undefined) return ['START', 'END'];
  return endFramePrompt === undefined ? [] : ['END'];
}
