/** What a person should know before they pay. */
import type { CostEstimate, Work } from '../../budget/estimate.ts';
import { inDollars } from '../../budget/money.ts';
import { daysLater, STALE_DAYS } from '../../budget/price-age.ts';
import type { ModelStanding } from '../../../providers/model-standing.ts';
import type { Model } from '../../../providers/model.ts';
import { unusedReferences } from '../../references/reference-rules.ts';
import type { FilmDone, FilmSpec } from '../film/film-work.ts';

export const ESTIMATE_WARNINGS = {
  STALE_PRICE: `A price was read more than ${STALE_DAYS} days ago: the vendor may charge another one now.`,
  PRICE_CHANGES: 'A price changes within days: what is bought from then on costs that.',
  MODEL_REFUSED: 'A model that it needs is surely not to be had: launching it would be refused.',
  MODEL_NOT_KNOWN: 'Nobody knows whether a model that it needs is to be had: no answer told.',
  MODEL_RETIRES: 'A model is about to be retired, or may be already: calls of it may fail.',
  VIDEO_CLIP_LENGTH_CHANGED: 'The provider makes clips of other lengths, and charges for those.',
  REFERENCE_IMAGES_UNUSED: 'The provider draws without reference images: those of the project are not used.',
  NARRATION_NOT_SPOKEN:
    'Narration will not be spoken as it stands: it is in a language that the voice does not speak, nothing in it can be said, or its clip is too short.',
  ABOVE_CAP: 'A cap leaves less than will likely be needed: the run would pause there.',
} as const;

export type EstimateWarning = { code: keyof typeof ESTIMATE_WARNINGS; message: string };

/** Days before a model's last one on which it is told of; ours. */
const RETIREMENT_DAYS = 30;

/** What there is to know of prices, models and clips. */
export const warningsOf = (
  film: FilmDone,
  work: readonly Work[],
  cost: CostEstimate,
  now: Date,
): EstimateWarning[] => [
  ...cost.stalePrices.map(({ model, unit, asOf, source }) => ({
    code: 'STALE_PRICE' as const,
    message: `The price of ${model} for one ${unit} is of ${asOf}; see ${source}.`,
  })),
  ...cost.comingPrices.map(({ model, unit, microUsd, from, source }) => ({
    code: 'PRICE_CHANGES' as const,
    message: `From ${from} on one ${unit} of ${model} costs ${inDollars(microUsd)}; see ${source}.`,
  })),
  ...retirementWarnings(work, now),
  ...clipLengthWarning(film, work),
  ...unusedWarning(film),
];

/** What there is to know of how its models stand. */
export const standingWarnings = (models: readonly ModelStanding[]): EstimateWarning[] =>
  models.flatMap(({ model, standing, words }): EstimateWarning[] => {
    if (standing === 'LIVE') return [];
    const code = standing === 'REFUSED' ? 'MODEL_REFUSED' : 'MODEL_NOT_KNOWN';
    return [{ code, message: `${model}: ${words}` }];
  });

function retirementWarnings(work: readonly Work[], now: Date): EstimateWarning[] {
  const soon = daysLater(now, RETIREMENT_DAYS);
  const models = new Set(work.filter(({ times }) => times.high > 0).map(({ model }) => model));
  return [...models].flatMap((model) =>
    model.retiresOn != null && model.retiresOn <= soon
      ? [{ code: 'MODEL_RETIRES' as const, message: tellRetirement(model) }]
      : [],
  );
}

const tellRetirement = ({ name, retiresOn, replacement, source }: Model): string =>
  [
    `${name} is retired on ${retiresOn} or later`,
    replacement == null ? '' : `; ${replacement} takes its place`,
    source === undefined ? '.' : `; see ${source}.`,
  ].join('');

function unusedWarning(film: FilmDone): EstimateWarning[] {
  const message = unusedReferences(film, film.referenceIds.length);
  return message === null ? [] : [{ code: 'REFERENCE_IMAGES_UNUSED', message }];
}

function clipLengthWarning({ targetClipDuration }: FilmSpec, work: readonly Work[]): EstimateWarning[] {
  const seconds = work.find(({ call, times }) => call === 'CLIP' && times.high > 0)?.quote.likely.SECOND;
  if (seconds === undefined || seconds === targetClipDuration) return [];
  const message = `Clips of ${targetClipDuration} s are made, and charged, as clips of ${seconds} s.`;
  return [{ code: 'VIDEO_CLIP_LENGTH_CHANGED', message }];
}
