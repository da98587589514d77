/** Omni: data. It is charged by tokens, so many a second of film; prices by the second are for estimates. */
import { OMNI_1_2_LENGTHS, OMNI_LENGTHS } from '../clip-lengths.ts';
import { BOTH, type GoogleModel, type Resolution, STAYS, type Surface, type VideoLimits } from './model.ts';
import { GEMINI_PRICES, type Page, perPiece, perToken, type TokenDollars } from './prices.ts';

const OMNI: Pick<VideoLimits, 'resolutions' | 'options'> = {
  resolutions: ['360p', '720p', '1080p', '4k'],
  // No seed: where one was sent, it was refused as unknown, or ignored (public reports, 2026-08).
  options: [],
};
/** Five by some resellers, seven by others (atlascloud.ai, runware.ai, 2026-11): the smaller. */
const OMNI_1_1_VIDEO: VideoLimits = { ...OMNI, lengths: OMNI_LENGTHS, maxReferences: 5 };
/** By three of them (civitai.com, muapi.ai, vercel.com, 2026-11). */
const OMNI_1_2_VIDEO: VideoLimits = { ...OMNI, lengths: OMNI_1_2_LENGTHS, maxReferences: 6 };

/** Tokens of a second of film (measured by OpenRouter, 2026-09-18; 360p and 720p by five others). */
const TOKENS_PER_SECOND: Readonly<Record<Resolution, number>> = {
  '360p': 1_931,
  '720p': 5_792,
  '1080p': 8_688,
  '4k': 17_376,
};

const omni = (
  name: string,
  surfaces: readonly Surface[],
  video: VideoLimits,
  dollars: TokenDollars & { video: number },
  page: Page,
): GoogleModel => ({
  name,
  call: 'CLIP',
  protocol: 'OMNI',
  surfaces,
  location: 'global',
  prices: [...perPiece('SECOND', TOKENS_PER_SECOND, dollars.video, page), ...perToken(dollars, page)],
  video,
  maxInputPictures: 0,
  ...STAYS,
  ...page,
});

const OMNI_1_1 = [
  OMNI_1_1_VIDEO,
  { input: 1.5, output: 9, video: 17.5 },
  { asOf: '2026-08-27', source: GEMINI_PRICES },
] as const;

export const OMNI_MODELS: readonly GoogleModel[] = [
  omni(
    'gemini-omni-1.2-flash',
    // By this name on Vertex too: docs.cloud.google.com has it in the place of omni-flash-preview (2026-11).
    BOTH,
    OMNI_1_2_VIDEO,
    // "30 percent cheaper" than 1.1; resellers come to 12.00 to 12.25: the dearest.
    { input: 1.5, output: 9, video: 12.25 },
    { asOf: '2026-11-11', source: 'https://vercel.com/ai-gateway/models/gemini-omni-1.2-flash' },
  ),
  omni('gemini-omni-1.1-flash', ['GEMINI'], ...OMNI_1_1),
  // On Vertex its name is another, and the one above is refused (public reports, 2026-08).
  omni('gemini-omni-1.1-flash-preview', ['VERTEX'], ...OMNI_1_1),
];
