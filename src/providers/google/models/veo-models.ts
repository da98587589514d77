/** Veo on Vertex AI: data. It is charged by the second, a silent clip about half. */
import { VEO_LENGTHS } from '../clip-lengths.ts';
import type { GoogleModel, Resolution, VideoLimits } from './model.ts';
import { perSecond, VERTEX_PRICES } from './prices.ts';

const VEO: VideoLimits = {
  lengths: VEO_LENGTHS,
  resolutions: ['720p', '1080p', '4k'],
  options: ['seed', 'negativePrompt', 'soundOff'],
  // cloud.google.com/vertex-ai/generative-ai/docs/video/use-reference-images-to-guide-video-generation, 2026-11.
  maxReferences: 3,
};

const PRICES = { asOf: '2026-09-11', source: VERTEX_PRICES };
const PAGE = 'https://docs.cloud.google.com/vertex-ai/generative-ai/docs/models/veo/3-1-generate';

type Dollars = Partial<Record<Resolution, number>>;

const veo = (
  name: string,
  dollars: { sound: Dollars; silent: Dollars },
  limits: Partial<VideoLimits> & Pick<GoogleModel, 'retiresOn' | 'replacement'>,
): GoogleModel => {
  const { retiresOn, replacement, ...video } = limits;
  return {
    name,
    call: 'CLIP',
    protocol: 'VEO',
    surfaces: ['VERTEX'],
    location: 'us-central1',
    prices: [
      ...perSecond(dollars.sound, PRICES, { sound: true }),
      ...perSecond(dollars.silent, PRICES, { sound: false }),
    ],
    video: { ...VEO, ...video },
    maxInputPictures: 0,
    retiresOn,
    replacement,
    source: PAGE,
    asOf: '2026-09-11',
  };
};

/** "November 17, 2026 or later". */
const RETIRES = { retiresOn: '2026-11-17', replacement: 'gemini-omni-1.1-flash-preview' } as const;

export const VEO_MODELS: readonly GoogleModel[] = [
  veo(
    'veo-3.1-generate-001',
    {
      sound: { '720p': 0.4, '1080p': 0.4, '4k': 0.6 },
      silent: { '720p': 0.2, '1080p': 0.2, '4k': 0.4 },
    },
    RETIRES,
  ),
  veo(
    'veo-3.1-fast-generate-001',
    { sound: { '720p': 0.1, '1080p': 0.12 }, silent: { '720p': 0.08, '1080p': 0.1 } },
    { ...RETIRES, resolutions: ['720p', '1080p'] },
  ),
  veo(
    'veo-3.1-lite-generate-001',
    { sound: { '720p': 0.05, '1080p': 0.08 }, silent: { '720p': 0.03, '1080p': 0.05 } },
    {
      retiresOn: null,
      replacement: null,
      resolutions: ['720p', '1080p'],
      maxReferences: 0,
    },
  ),
];
