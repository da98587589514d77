/** Google's models as data: which surface has them, what they take and what they cost. These change every few weeks. */
import type { ClipSource } from '../../generated/prisma/client.ts';
import type { ClipWish, PaidCall } from '../provider.ts';
import type { Price, PriceUnit } from '../price.ts';

/** Which of Google's two ways in: the Gemini API with a key, or Vertex AI with a project. */
export type Surface = 'GEMINI' | 'VERTEX';

/** How a model is spoken to. */
export type Protocol = 'CONTENT' | 'VEO' | 'OMNI';

export const RESOLUTIONS = ['360p', '720p', '1080p', '4k'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** What a video model takes. */
export type VideoLimits = {
  /** Seconds a clip between a first and a last frame may last, in order. */
  seconds: readonly number[];
  resolutions: readonly Resolution[];
  wishes: readonly ClipWish[];
  /** What it films from in place of a first and a last frame: at most so many reference images, for clips of so many seconds. */
  references: { max: number; seconds: readonly number[] };
};

/** One model. */
export type GoogleModel = {
  name: string;
  call: PaidCall;
  protocol: Protocol;
  surfaces: readonly Surface[];
  /** Location on Vertex that has it; null for the configured one. */
  location: string | null;
  prices: readonly Price[];
  /** Of a video model. */
  video: VideoLimits | null;
  /** Pictures that it draws another one from, at most; 0 of a model that does not draw. */
  maxInputPictures: number;
};

const GEMINI_PRICES = 'https://ai.google.dev/gemini-api/docs/pricing';
const VERTEX_PRICES = 'https://cloud.google.com/vertex-ai/generative-ai/pricing';

const price = (
  unit: PriceUnit,
  dollars: number,
  asOf: string,
  source: string,
  resolution: string | null = null,
): Price => ({ unit, microUsd: Math.round(dollars * 1_000_000), resolution, source, asOf });

const perSecond = (
  dollars: Partial<Record<Resolution, number>>,
  asOf: string,
  source: string,
): readonly Price[] =>
  RESOLUTIONS.flatMap((resolution) => {
    const rate = dollars[resolution];
    return rate === undefined ? [] : [price('SECOND', rate, asOf, source, resolution)];
  });

const BOTH = ['GEMINI', 'VERTEX'] as const;

const VEO: VideoLimits = {
  seconds: [4, 6, 8],
  resolutions: ['720p', '1080p', '4k'],
  wishes: ['seed', 'negativePrompt', 'soundOff'],
  // cloud.google.com/vertex-ai/generative-ai/docs/video/use-reference-images-to-guide-video-generation, 2026-11.
  references: { max: 3, seconds: [8] },
};

const wholeSeconds = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** Its 15 seconds hold without a last frame; with one, ten (muapi.ai, 2026-11). */
const OMNI: VideoLimits = {
  seconds: wholeSeconds(3, 10),
  resolutions: ['360p', '720p', '1080p', '4k'],
  wishes: ['seed'],
  // Five by some resellers, seven by others (atlascloud.ai, runware.ai, 2026-11): the smaller.
  references: { max: 5, seconds: wholeSeconds(3, 10) },
};

/** cloud.google.com/vertex-ai/generative-ai/docs/multimodal/image-understanding, 2026-11. */
const INPUT_PICTURES = 14;

const veo = (name: string, resolutions: readonly Resolution[], prices: readonly Price[]): GoogleModel => ({
  name,
  call: 'CLIP',
  protocol: 'VEO',
  surfaces: ['VERTEX'],
  location: 'us-central1',
  prices,
  video: { ...VEO, resolutions },
  maxInputPictures: 0,
});

const omni = (name: string, prices: readonly Price[]): GoogleModel => ({
  name,
  call: 'CLIP',
  protocol: 'OMNI',
  surfaces: BOTH,
  location: 'global',
  prices,
  video: OMNI,
  maxInputPictures: 0,
});

const content = (name: string, call: 'STORYBOARD' | 'KEYFRAME', prices: readonly Price[]): GoogleModel => ({
  name,
  call,
  protocol: 'CONTENT',
  surfaces: BOTH,
  location: null,
  prices,
  video: null,
  maxInputPictures: call === 'KEYFRAME' ? INPUT_PICTURES : 0,
});

/** Every model that may be chosen; the first that a surface has for a call is its default there. */
export const MODELS: readonly GoogleModel[] = [
  content('gemini-3.8-flash', 'STORYBOARD', [
    price('MILLION_INPUT_TOKENS', 0.75, '2026-10-07', GEMINI_PRICES),
    price('MILLION_OUTPUT_TOKENS', 3.75, '2026-10-07', GEMINI_PRICES),
  ]),
  content('gemini-3-pro-image', 'KEYFRAME', [
    price('IMAGE', 0.134, '2026-09-20', GEMINI_PRICES, '1K'),
    price('IMAGE', 0.134, '2026-09-20', GEMINI_PRICES, '2K'),
    price('IMAGE', 0.24, '2026-09-20', GEMINI_PRICES, '4K'),
  ]),
  content('gemini-3.1-flash-image', 'KEYFRAME', [
    price('IMAGE', 0.067, '2026-03-01', GEMINI_PRICES, '1K'),
    price('IMAGE', 0.101, '2026-03-01', GEMINI_PRICES, '2K'),
    price('IMAGE', 0.151, '2026-03-01', GEMINI_PRICES, '4K'),
  ]),
  veo(
    'veo-3.1-generate-001',
    ['720p', '1080p', '4k'],
    perSecond({ '720p': 0.4, '1080p': 0.4, '4k': 0.6 }, '2026-10-07', VERTEX_PRICES),
  ),
  veo(
    'veo-3.1-fast-generate-001',
    ['720p', '1080p'],
    perSecond({ '720p': 0.15, '1080p': 0.15 }, '2026-03-01', VERTEX_PRICES),
  ),
  omni(
    'gemini-omni-1.2-flash',
    perSecond(
      { '360p': 0.023, '720p': 0.07, '1080p': 0.105, '4k': 0.21 },
      '2026-11-11',
      'https://muapi.ai/zh/gemini-omni-1.2-flash',
    ),
  ),
  omni(
    'gemini-omni-1.1-flash',
    perSecond(
      { '360p': 0.03, '720p': 0.1, '1080p': 0.15, '4k': 0.3 },
      '2026-08-28',
      'https://docs.oxen.ai/inference-api/reference/models/gemini-omni-1-1-flash',
    ),
  ),
];

/** The models a surface has for a call, its default first. */
export const modelsFor = (call: PaidCall, surface: Surface): GoogleModel[] =>
  MODELS.filter((model) => model.call === call && model.surfaces.includes(surface));

/** Shortest length a model films from these pictures that is not below `seconds`; its longest where none is. */
export function snapSeconds({ video }: GoogleModel, clipsFrom: ClipSource, seconds: number): number {
  const allowed = (clipsFrom === 'REFERENCE_IMAGES' ? video?.references.seconds : video?.seconds) ?? [];
  return allowed.find((length) => length >= seconds) ?? allowed.at(-1) ?? seconds;
}
