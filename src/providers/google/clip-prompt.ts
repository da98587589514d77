import type { ClipRequest } from '../provider.ts';
import { wordsOfStyle } from './styles.ts';

/** What a video model is told of a scene; its frames go with it. */
export function clipPrompt({ scene }: Pick<ClipRequest, 'scene'>): string {
  const voice = scene.narration === null ? 'Nobody speaks.' : `A narrator says: "${scene.narration}"`;
  return [
    scene.videoMotionPrompt,
    scene.sceneDescription,
    `Style: ${wordsOfStyle(scene.style)}.`,
    voice,
    'One continuous shot. No text, captions, logos or watermarks.',
  ].join('\n');
}
