/** What clips and frames will use, before they are bought. Pure. */
import type { Quote } from '../price.ts';
import type { ClipQuoteRequest } from '../capabilities/clip.ts';
import type { KeyframeQuoteRequest } from '../capabilities/keyframe.ts';
import type { GoogleSettings } from './google-settings.ts';
import type { Resolution } from './models.ts';

/** Tokens of a picture that is shown to a model: 1,100 to 1,120 (measured by several, until 2026-10). */
const PICTURE_TOKENS = { likely: 1_120, most: 1_200 };
/** Tokens of the words that go with them: of a prompt in English, and of the longest. */
const WORD_TOKENS = { likely: 400, most: 2_000 };
/** Tokens that come back beside a clip: 169 to 756 were seen, thoughts included (until 2026-10). */
const BESIDE_A_CLIP = { likely: 700, most: 2_000 };
/** Tokens that come back beside a picture: 272 to 1,400 were seen, thoughts included (until 2026-10). */
const BESIDE_A_PICTURE = { likely: 800, most: 4_000 };

/** Size of pictures, in Google's words, that is no smaller than the film's. */
export const IMAGE_SIZES: Readonly<Record<Resolution, string>> = {
  '360p': '1K',
  '720p': '1K',
  '1080p': '2K',
  '4k': '4K',
};

const tokens = (of: 'likely' | 'most', pictures: number, beside: typeof BESIDE_A_CLIP) => ({
  MILLION_INPUT_TOKENS: (WORD_TOKENS[of] + pictures * PICTURE_TOKENS[of]) / 1_000_000,
  MILLION_OUTPUT_TOKENS: beside[of] / 1_000_000,
});

/**
 * A clip. Veo charges its seconds and nothing else.
 *
 * @param seconds that the model makes for what was asked for.
 */
export function quoteClip(
  { models, resolution }: Pick<GoogleSettings, 'models' | 'resolution'>,
  seconds: number,
  { clipsFrom = 'KEYFRAMES', references, sound = true }: Omit<ClipQuoteRequest, 'durationSeconds'>,
): Quote {
  const { CLIP: model } = models;
  const film = { SECOND: seconds };
  if (model.protocol === 'VEO') return { resolution, sound, likely: film, most: film };
  const pictures = clipsFrom === 'KEYFRAMES' ? 2 : (references ?? model.video?.maxReferences ?? 0);
  return {
    resolution,
    likely: { ...film, ...tokens('likely', pictures, BESIDE_A_CLIP) },
    most: { ...film, ...tokens('most', pictures, BESIDE_A_CLIP) },
  };
}

/** One picture, and what is shown and thought for it; a last frame is drawn from the first. */
export function quoteKeyframe(
  resolution: Resolution,
  { position, references = 0 }: Pick<KeyframeQuoteRequest, 'position' | 'references'>,
): Quote {
  const pictures = references + (position === 'END' ? 1 : 0);
  return {
    resolution: IMAGE_SIZES[resolution],
    likely: { IMAGE: 1, ...tokens('likely', pictures, BESIDE_A_PICTURE) },
    most: { IMAGE: 1, ...tokens('most', pictures, BESIDE_A_PICTURE) },
  };
}
