import type { FilmProvider } from '../adapter.ts';
import { checkGoogle } from './check.ts';
import { openClient } from './client.ts';
import { googleClips } from './clips.ts';
import { purchase } from './for-all.ts';
import type { GoogleSettings } from './google-settings.ts';
import { drawKeyframe } from './keyframe.ts';
import { openModelMemory } from './model-memory.ts';
import { quoteKeyframe } from './quotes.ts';
import { quoteStoryboard, writeStoryboard } from './storyboard.ts';
import { STYLE_WORDS } from './styles.ts';

/**
 * Makes films by Google's models: Gemini writes and draws, Veo or Omni films. What it costs and where the models are is
 * in `models.ts`. Nothing of the SDK is loaded before the first call.
 */
export function googleProvider(settings: GoogleSettings): FilmProvider {
  const client = openClient(settings);
  const memory = openModelMemory(client);
  const { models, resolution, rates } = settings;
  return {
    name: 'GOOGLE',
    label: `Google (${models.CLIP.name})`,
    capabilities: {
      STORYBOARD: {
        model: models.STORYBOARD,
        askForModel: () => memory.of(models.STORYBOARD),
        quote: quoteStoryboard,
        styles: Object.keys(STYLE_WORDS),
        call: (request, _reservation, options) =>
          purchase(client, memory, 'STORYBOARD', () => writeStoryboard(client, request, options)),
      },
      KEYFRAME: {
        model: models.KEYFRAME,
        rateLimit: rates.KEYFRAME,
        askForModel: () => memory.of(models.KEYFRAME),
        quote: (asked) => quoteKeyframe(resolution, asked),
        // A last frame is drawn from the first one too.
        maxReferences: Math.max(0, models.KEYFRAME.maxInputPictures - 1),
        call: (request, _reservation, options) =>
          purchase(client, memory, 'KEYFRAME', () => drawKeyframe(client, request, options)),
      },
      CLIP: googleClips(client, memory),
    },
    check: () => checkGoogle(client, memory),
  };
}
