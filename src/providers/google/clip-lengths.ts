/** How long clips may last: by model, which is on one surface, by resolution and by what they are filmed from. */
import type { VideoClipSource } from '../../generated/prisma/client.ts';
import type { ClipLengths, GoogleModel, Resolution } from './models/model.ts';

const VEO_GUIDE = 'https://docs.cloud.google.com/vertex-ai/generative-ai/docs/models/veo/3-1-generate';
const OMNI_GUIDE = 'https://ai.google.dev/gemini-api/docs/interactions';
const ASKED = { source: VEO_GUIDE, asOf: '2026-11-29' } as const;

/** Eight seconds above 720p and with references is told of Vertex and of AI Studio (ArcReel/ArcReel#1333, 2026-07-26). */
export const VEO_LENGTHS: readonly ClipLengths[] = [
  { resolutions: ['720p'], clipsFrom: 'KEYFRAMES', seconds: [4, 6, 8], ...ASKED },
  { resolutions: ['1080p', '4k'], clipsFrom: 'KEYFRAMES', seconds: [8], ...ASKED },
  { resolutions: ['720p', '1080p', '4k'], clipsFrom: 'REFERENCE_IMAGES', seconds: [8], ...ASKED },
];

const THREE_TO_TEN = [3, 4, 5, 6, 7, 8, 9, 10] as const;
const OMNI_RESOLUTIONS = ['360p', '720p', '1080p', '4k'] as const satisfies Resolution[];
const OMNI_ASKED = {
  resolutions: OMNI_RESOLUTIONS,
  seconds: THREE_TO_TEN,
  source: OMNI_GUIDE,
  asOf: '2026-10-06',
} as const;

/** Of 1.1. */
export const OMNI_LENGTHS: readonly ClipLengths[] = [
  { ...OMNI_ASKED, clipsFrom: 'KEYFRAMES' },
  { ...OMNI_ASKED, clipsFrom: 'REFERENCE_IMAGES' },
];

/**
 * Of 1.2, by those who resell it: fifteen seconds, but with a first and a last frame ten (also muapi.ai; vercel.com's
 * changelog has the fifteen, 2026-11). Nobody told of a call to Google itself.
 */
const OMNI_1_2_ASKED = {
  resolutions: OMNI_RESOLUTIONS,
  source: 'https://developer.civitai.com/orchestration/recipes/gemini-omni',
  asOf: '2026-11-29',
} as const;
export const OMNI_1_2_LENGTHS: readonly ClipLengths[] = [
  { ...OMNI_1_2_ASKED, clipsFrom: 'KEYFRAMES', seconds: THREE_TO_TEN },
  { ...OMNI_1_2_ASKED, clipsFrom: 'REFERENCE_IMAGES', seconds: [...THREE_TO_TEN, 11, 12, 13, 14, 15] },
];

/** What is asked of a video model, as far as its lengths depend on it. */
export type LengthsAsked = {
  model: Pick<GoogleModel, 'name' | 'video'>;
  resolution: Resolution;
  clipsFrom: VideoClipSource;
};

/** Lengths as the data has them, or as Google has told this process since. */
export type KnownLengths = {
  /** Seconds that a clip may last, in order. */
  of(asked: LengthsAsked): readonly number[];
  /** Remembers what Google says it makes, until this process ends. */
  learn(asked: LengthsAsked, seconds: readonly number[]): void;
};

const keyOf = ({ model, resolution, clipsFrom }: LengthsAsked) => `${model.name} ${resolution} ${clipsFrom}`;

/** Opens a memory of its own. */
export function knowLengths(): KnownLengths {
  const told = new Map<string, readonly number[]>();
  return {
    of: (asked) => told.get(keyOf(asked)) ?? documented(asked),
    learn: (asked, seconds) =>
      void told.set(
        keyOf(asked),
        seconds.toSorted((a, b) => a - b),
      ),
  };
}

const documented = ({ model, resolution, clipsFrom }: LengthsAsked): readonly number[] =>
  model.video?.lengths.find(
    (lengths) => lengths.clipsFrom === clipsFrom && lengths.resolutions.includes(resolution),
  )?.seconds ?? [];

/** As Omni refuses an order: "Requested video duration 999s 0ns exceeds the maximum allowed 10s 0ns" (until 2026-10). */
const BOUNDS = /(exceeds the maximum|is less than the minimum) allowed (\d{1,4})s/i;

/** Those of some lengths that Google's words for a refusal leave, in seconds; null where they name no bound, or leave none. */
export function lengthsLeft(words: string, seconds: readonly number[]): readonly number[] | null {
  const [, side = '', bound] = BOUNDS.exec(words) ?? [];
  if (bound === undefined) return null;
  const isLongest = /maximum/i.test(side);
  const left = seconds.filter((length) => (isLongest ? length <= Number(bound) : length >= Number(bound)));
  return left.length === 0 ? null : left;
}

/** As an operation ended that was asked for another length (public reports until 2026-10). */
const SUPPORTED = /supported durations are \[([\d,\s]{1,60})\](?: for feature (\w{1,40}))?/i;
/** What it calls films from reference images; all else is filmed from frames or words. */
const FROM_REFERENCES = /^reference/i;

/** Lengths that Google's words for a refusal name, in seconds, and of what kind of clip; null where they name none. */
export function lengthsNamed(words: string): Pick<ClipLengths, 'seconds' | 'clipsFrom'> | null {
  const [, list = '', feature = ''] = SUPPORTED.exec(words) ?? [];
  const seconds = list
    .split(',')
    .map(Number)
    .filter((length) => length > 0);
  if (seconds.length === 0) return null;
  return { seconds, clipsFrom: FROM_REFERENCES.test(feature) ? 'REFERENCE_IMAGES' : 'KEYFRAMES' };
}
