import type { ClipRequest, SceneBrief } from '../provider.ts';
import { gentler, RULES_OF_SOFTENING } from './soften.ts';
import { wordsOfStyle } from './styles.ts';

const RULES = 'One continuous shot. No text, captions, logos or watermarks.';

/** What a video model is told of a scene; its frames go with it. */
export function clipPrompt({ scene }: Pick<ClipRequest, 'scene'>): string {
  const { softening = 0 } = scene;
  const rules = [`Style: ${wordsOfStyle(scene.style)}.`, RULES, ...RULES_OF_SOFTENING[softening]];
  return [...tellingOf(scene), ...rules].join('\n');
}

/** The scene in words, fewer of them the more careful it must be: the frames show what they leave out. */
function tellingOf({ softening = 0, videoMotionPrompt, sceneDescription, narration }: SceneBrief): string[] {
  const motion = gentler(videoMotionPrompt, softening);
  if (softening === 2) return [motion, 'Nobody speaks.'];
  const voice = narration === null ? 'Nobody speaks.' : `A narrator says: "${gentler(narration, softening)}"`;
  return [motion, gentler(sceneDescription, softening), voice];
}
