import type { StoryboardRequest } from './capabilities/storyboard.ts';

/** Scenes that an answer is to have, from and to: told to the model, and looked at in its answer. */
export type SceneRange = { min: number; max: number };

/** Exactly as many as the film's length asks for; where none is asked for, as many as the prompt needs. */
export function sceneRange(request: StoryboardRequest): SceneRange {
  const { targetDuration, targetClipDuration, maxScenes } = request;
  if (targetDuration === null) return { min: 1, max: maxScenes };
  const count = Math.min(maxScenes, Math.ceil(targetDuration / targetClipDuration));
  return { min: count, max: count };
}
