/** What a person should know before they pay. */
import type { CostEstimate, Work } from '../budget/estimate.ts';
import { STALE_DAYS } from '../budget/price-age.ts';
import { unusedReferences } from '../references/reference-rules.ts';
import type { FilmDone, FilmOrder } from './film-work.ts';

export const ESTIMATE_WARNINGS = {
  STALE_PRICE: `A price was read more than ${STALE_DAYS} days ago: the vendor may charge another one now.`,
  CLIP_LENGTH_CHANGED: 'The provider makes clips of other lengths, and charges for those.',
  REFERENCE_IMAGES_UNUSED: 'The provider draws without reference images: those of the project are not used.',
  ABOVE_CAP: 'A cap leaves less than will likely be needed: the run would pause there.',
} as const;

export type EstimateWarning = { code: keyof typeof ESTIMATE_WARNINGS; message: string };

/** What there is to know of prices and clips. */
export const warningsOf = (film: FilmDone, work: readonly Work[], cost: CostEstimate): EstimateWarning[] => [
  ...cost.stalePrices.map(({ model, unit, asOf, source }) => ({
    code: 'STALE_PRICE' as const,
    message: `The price of ${model} for one ${unit} is of ${asOf}; see ${source}.`,
  })),
  ...clipLengthWarning(film, work),
  ...unusedWarning(film),
];

function unusedWarning(film: FilmDone): EstimateWarning[] {
  const message = unusedReferences(film, film.referenceIds.length);
  return message === null ? [] : [{ code: 'REFERENCE_IMAGES_UNUSED', message }];
}

function clipLengthWarning({ targetClipDuration }: FilmOrder, work: readonly Work[]): EstimateWarning[] {
  const seconds = work.find(({ call, times }) => call === 'CLIP' && times.high > 0)?.quote.likely.SECOND;
  if (seconds === undefined || seconds === targetClipDuration) return [];
  const message = `Clips of ${targetClipDuration} s are made, and charged, as clips of ${seconds} s.`;
  return [{ code: 'CLIP_LENGTH_CHANGED', message }];
}
