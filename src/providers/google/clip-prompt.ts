import type { VideoClipSource } from '../../generated/prisma/client.ts';
import type { ClipOrder } from '../capabilities/clip.ts';
import type { SceneBrief } from '../scene-brief.ts';
import type { Softening } from '../softening.ts';
import { type Naming, wordsOfReferences } from './reference-words.ts';
import { gentler, RULES_OF_SOFTENING } from './soften.ts';
import { wordsOfStyle } from './styles.ts';

const RULES = 'One continuous shot. No text, captions, logos or watermarks.';

/** What a clip is filmed from. */
export const sourceOf = (order: ClipOrder): VideoClipSource =>
  'references' in order ? 'REFERENCE_IMAGES' : 'KEYFRAMES';

/**
 * What a video model is told of a scene; its pictures go with it.
 *
 * @param naming what the model calls its reference images, where it has a word for them.
 */
export function clipPrompt(order: ClipOrder, naming?: Naming): string {
  const { scene } = order;
  const { softening = 0 } = scene;
  const references = 'references' in order ? order.references : [];
  return [
    ...tellingOf(scene, sourceOf(order)),
    ...wordsOfReferences(references, softening, naming),
    `Style: ${wordsOfStyle(scene.style)}.`,
    RULES,
    ...RULES_OF_SOFTENING[softening],
  ].join('\n');
}

/** Whether a scene must be so careful that its words are left out: its frames show what it is about. */
export const isMute = (softening: Softening, clipsFrom: VideoClipSource): boolean =>
  softening === 2 && clipsFrom === 'KEYFRAMES';

/** The scene in words, fewer of them the more careful it must be where frames show what they leave out. */
function tellingOf(
  { softening = 0, videoMotionPrompt, sceneDescription, narration }: SceneBrief,
  clipsFrom: VideoClipSource,
): string[] {
  const motion = gentler(videoMotionPrompt, softening);
  if (isMute(softening, clipsFrom)) return [motion, 'Nobody speaks.'];
  const voice = narration === null ? 'Nobody speaks.' : `A narrator says: "${gentler(narration, softening)}"`;
  return [motion, gentler(sceneDescription, softening), voice];
}
