/** Models that write storyboards, draw frames and hear what is said: data. */
import type { Price } from '../../price.ts';
import { BOTH, type GoogleCall, type GoogleModel, STAYS } from './model.ts';
import { GEMINI_PRICES, type Page, perPiece, perToken, type TokenDollars } from './prices.ts';

/** cloud.google.com/vertex-ai/generative-ai/docs/multimodal/image-understanding, 2026-11. */
const INPUT_PICTURES = 14;

const content = (
  name: string,
  call: Exclude<GoogleCall, 'CLIP'>,
  prices: readonly Price[],
  page: Page,
): GoogleModel => ({
  name,
  call,
  protocol: 'CONTENT',
  surfaces: BOTH,
  location: null,
  prices,
  video: null,
  maxInputPictures: call === 'KEYFRAME' ? INPUT_PICTURES : 0,
  ...STAYS,
  ...page,
});

const FLASH: Page = { asOf: '2026-10-07', source: GEMINI_PRICES };
const INTRODUCTORY = { until: '2026-12-31' };
/** "Half price through December 31, 2026"; of cached input the tenth that it is until then. */
const FLASH_LATER: Page = {
  asOf: '2026-11-29',
  source: 'https://github.com/BerriAI/litellm/discussions/39357',
};
const LATER = { from: '2027-01-01' };

/** A model that is charged for what it draws by tokens, so many a picture of each size. */
function picture(
  name: string,
  asOf: string,
  dollars: TokenDollars & { image: number },
  tokens: Readonly<Record<string, number>>,
): GoogleModel {
  const page = { asOf, source: GEMINI_PRICES };
  const prices = [...perPiece('IMAGE', tokens, dollars.image, page), ...perToken(dollars, page)];
  return content(name, 'KEYFRAME', prices, page);
}

/** "$2 per 1M audio tokens in, $12 per 1M text out" (four price tables, 2026-09 to 2026-10). */
const EAR: Page = { asOf: '2026-10-05', source: GEMINI_PRICES };
const ear = (name: string): GoogleModel =>
  content(name, 'TRANSCRIPT', perToken({ input: 2, output: 12 }, EAR), EAR);

export const CONTENT_MODELS: readonly GoogleModel[] = [
  content(
    'gemini-3.8-flash',
    'STORYBOARD',
    [
      ...perToken({ input: 0.75, cachedInput: 0.075, output: 3.75 }, FLASH, INTRODUCTORY),
      ...perToken({ input: 1.5, cachedInput: 0.15, output: 7.5 }, FLASH_LATER, LATER),
    ],
    FLASH,
  ),
  picture(
    'gemini-3-pro-image',
    '2026-09-20',
    { input: 2, output: 12, image: 120 },
    { '1K': 1_120, '2K': 1_120, '4K': 2_000 },
  ),
  picture(
    'gemini-3.1-flash-image',
    '2026-03-01',
    { input: 0.5, output: 3, image: 60 },
    { '1K': 1_120, '2K': 1_680, '4K': 2_520 },
  ),
  ear('gemini-3.5-transcribe'),
  // Where Vertex does not know that one yet, it had this (az-studio, 2026-09-24).
  { ...ear('gemini-3.5-transcribe-preview'), surfaces: ['VERTEX'], location: 'global' },
];
