import type { AspectRatio, Size } from '../../../src/providers/aspect-ratio.ts';
import type { SceneBrief } from '../../../src/providers/scene-brief.ts';

export const SIZES: Readonly<Record<AspectRatio, Size>> = {
  '16:9': { width: 1280, height: 720 },
  '9:16': { width: 720, height: 1280 },
  '1:1': { width: 720, height: 720 },
};

/** A scene to draw, with what a test cares about on top. */
export const brief = (more: Partial<SceneBrief> = {}): SceneBrief => ({
  sceneIndex: 0,
  sceneCount: 2,
  title: 'The keeper',
  sceneDescription: 'At dusk a lighthouse stands over the bay.',
  startFramePrompt: 'Wide establishing shot of a lighthouse at dusk.',
  endFramePrompt: 'Wide establishing shot of a lighthouse at dusk, a moment later.',
  videoMotionPrompt: 'Camera: a slow push in.',
  transitionNotes: 'Opens the film.',
  narration: null,
  style: 'cinematic',
  aspectRatio: '16:9',
  ...more,
});
