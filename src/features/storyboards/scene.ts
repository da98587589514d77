/** Scenes: the shots of a storyboard. */
import type { Project, Scene } from '../../generated/prisma/client.ts';
import type { AspectRatio } from '../../providers/aspect-ratio.ts';
import type { SceneBrief } from '../../providers/scene-brief.ts';
import type { Softening } from '../../providers/softening.ts';
import { spokenOf } from './speech.ts';
import { titleOf } from '../projects/title.ts';
import { ownedThrough } from '../../platform/database/owned.ts';

/** The scenes `actor` may see. */
export const visibleScenes = ownedThrough('Scene', 'project');

/** What of a project holds for each of its scenes. */
type BriefedProject = Pick<Project, 'style' | 'aspectRatio' | 'seed' | 'negativePrompt' | 'sound'>;

/** What a provider is told of a scene. */
export function briefOf(
  scene: Scene,
  { style, aspectRatio, seed, negativePrompt, sound }: BriefedProject,
  sceneCount: number,
): SceneBrief {
  return {
    sceneIndex: scene.sceneIndex,
    sceneCount,
    title: titleOf(scene.sceneDescription),
    sceneDescription: scene.sceneDescription,
    startFramePrompt: scene.startFramePrompt,
    endFramePrompt: scene.endFramePrompt,
    videoMotionPrompt: scene.videoMotionPrompt,
    transitionNotes: scene.transitionNotes,
    narration: spokenOf(scene),
    softening: scene.softening as Softening,
    style,
    aspectRatio: aspectRatio as AspectRatio,
    seed,
    negativePrompt,
    sound: sound && !scene.withoutSound,
  };
}
