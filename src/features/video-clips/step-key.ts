import type { SceneInput } from '../projects/step-input.ts';

/** One for all steps of a scene's clip: they come one after the other. */
export const videoClipStepKey = ({ sceneId }: SceneInput): string => `clip:${sceneId}`;
