import type { ProviderAdapter } from '../adapter.ts';
import { checkGoogle } from './check.ts';
import { openClient } from './client.ts';
import { googleClips } from './clips.ts';
import { purchase } from './for-all.ts';
import type { GoogleSettings } from './google-settings.ts';
import { drawKeyframe } from './keyframe.ts';
import { anyLive, openModelMemory } from './model-memory.ts';
import { chooseMoments, quoteMoments } from './moments.ts';
import { quoteKeyframe } from './quotes.ts';
import { quoteStoryboard, writeStoryboard } from './storyboard.ts';
import { STYLE_WORDS } from './styles.ts';
import { earsOf, hearSound, MOST_BYTES, MOST_SECONDS, quoteTranscript } from './transcript.ts';

export type GoogleProvider = ProviderAdapter<'STORYBOARD' | 'KEYFRAME' | 'CLIP' | 'TRANSCRIPT' | 'MOMENTS'>;

/**
 * Makes films by Google's models: Gemini writes and draws, Veo or Omni films; hears what is said in others, and chooses parts of it. What it costs and where the models are is
 * in `models.ts`. Nothing of the SDK is loaded before the first call.
 */
export function googleProvider(settings: GoogleSettings): GoogleProvider {
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
      TRANSCRIPT: {
        model: models.TRANSCRIPT,
        askForModel: () => anyLive(earsOf(client).map((model) => () => memory.of(model))),
        quote: quoteTranscript,
        mostSeconds: MOST_SECONDS,
        mostBytes: MOST_BYTES,
        call: (request, _reservation, options) =>
          purchase(client, memory, 'TRANSCRIPT', () => hearSound(client, request, options)),
      },
      MOMENTS: {
        model: models.STORYBOARD,
        askForModel: () => memory.of(models.STORYBOARD),
        quote: quoteMoments,
        call: (request, _reservation, options) =>
          purchase(client, memory, 'STORYBOARD', () => chooseMoments(client, request, options)),
      },
    },
    check: () => checkGoogle(client, memory),
  };
}
