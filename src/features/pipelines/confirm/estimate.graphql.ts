import { builder } from '../../../graphql/builder.ts';
import { InvalidInputError, ResourceError } from '../../../graphql/errors.ts';
import { PRICE_WINDOW_DAYS, type Spread, type StageEstimate } from '../../budget/estimate.ts';
import { PriceType } from '../../budget/prices.graphql.ts';
import { RunStageEnum } from '../../runs/run.graphql.ts';
import { ProjectNode, ProviderEnum } from '../../projects/project.graphql.ts';
import { SceneNode } from '../../storyboards/scene.graphql.ts';
import { EstimateWarningType } from './estimate-warnings.graphql.ts';
import { estimateNewFilm, estimateProject, estimateRetry, type FilmEstimate } from './film-estimate.ts';
import type { ExpectedTime } from './film-time.ts';
import { GenerateFilmInput } from './launch.graphql.ts';

/** Counted by the query limits as so many fields: each estimate reads a whole film, in a transaction of its own. */
const ESTIMATE_COMPLEXITY = 50;
/** Of a prompt that is read for its scenes; so many count as one field. The longest takes as long as thousands of fields. */
const CHARACTERS_PER_FIELD = 4;

const LOW = 'If every call works at its first try and every scene gets its clip.';
const HIGH =
  "The most that the engine's own limits allow: answers asked for again, all of what a call may use.";

const CountRange = builder.objectRef<Spread>('CountRange').implement({
  description: 'How many, from the least to the most.',
  fields: (t) => ({
    low: t.exposeInt('low', { description: LOW }),
    likely: t.exposeInt('likely', { description: 'As it usually goes.' }),
    high: t.exposeInt('high', { description: HIGH }),
  }),
});

export const CostRange = builder.objectRef<Spread>('CostRange').implement({
  description: 'Micro-USD (1 cent = 10,000), from the least to the most.',
  fields: (t) => ({
    low: t.expose('low', { type: 'SafeInt', description: LOW }),
    likely: t.expose('likely', { type: 'SafeInt', description: 'As it usually goes.' }),
    high: t.expose('high', { type: 'SafeInt', description: HIGH }),
  }),
});

const CostEstimateType = builder.interfaceRef<Omit<StageEstimate, 'stage'>>('CostEstimate').implement({
  description: 'What work has cost, and what is left of it will cost.',
  fields: (t) => ({
    calls: t.expose('calls', {
      type: CountRange,
      description: 'Calls to the provider that are still to be made.',
    }),
    settledMicroUsd: t.expose('settledMicroUsd', {
      type: 'SafeInt',
      description: 'Charged for good so far, in micro-USD.',
    }),
    reservedMicroUsd: t.expose('reservedMicroUsd', {
      type: 'SafeInt',
      description:
        'Set aside for calls that are on their way, or of which nobody knows whether they were charged, in micro-USD.',
    }),
    remainingMicroUsd: t.expose('remainingMicroUsd', {
      type: CostRange,
      description: 'What the calls still to be made will cost.',
    }),
    totalMicroUsd: t.expose('totalMicroUsd', {
      type: CostRange,
      description: 'All of it: charged, set aside and still to come.',
    }),
  }),
});

const StageEstimateType = builder.objectRef<StageEstimate>('StageEstimate').implement({
  description: 'What a stage of a film will cost.',
  interfaces: [CostEstimateType],
  fields: (t) => ({
    stage: t.expose('stage', { type: RunStageEnum, description: 'Which stage.' }),
  }),
});

const ExpectedTimeBasis = builder.enumType('ExpectedTimeBasis', {
  description: 'Who says how long a film will take.',
  values: {
    MEASURED: { description: 'The films that this workspace has made with the provider.' },
    PROVIDER: { description: 'The provider, of its calls.' },
  } satisfies Record<ExpectedTime['basis'], object>,
});

const ExpectedTimeType = builder.objectRef<ExpectedTime>('ExpectedTime').implement({
  description: 'How long a film will take.',
  fields: (t) => ({
    seconds: t.exposeFloat('seconds', { description: 'Likely seconds to the film.' }),
    basis: t.expose('basis', { type: ExpectedTimeBasis, description: 'Who says so.' }),
  }),
});

export const FilmEstimateType = builder.objectRef<FilmEstimate>('FilmEstimate').implement({
  description:
    'What a film will cost and how long it will take. The bill of a finished film lies between `low` and `high` of its total, unless prices change or a person has something made again.',
  interfaces: [CostEstimateType],
  fields: (t) => ({
    provider: t.expose('provider', { type: ProviderEnum, description: 'Who would make it.' }),
    isFree: t.boolean({
      description: 'Whether it costs nothing, whatever happens.',
      resolve: ({ totalMicroUsd }) => totalMicroUsd.high === 0,
    }),
    sceneCount: t.expose('sceneCount', {
      type: CountRange,
      description: 'Scenes: as many as it has, or as its prompt will give.',
    }),
    stages: t.field({
      type: [StageEstimateType],
      description: 'Each stage of a film, in order.',
      resolve: ({ stages }) => stages,
    }),
    expectedTime: t.expose('expectedTime', {
      type: ExpectedTimeType,
      nullable: true,
      description: 'How long it will take from now; null where nobody knows.',
    }),
    stalePrices: t.field({
      type: [PriceType],
      description: 'Prices it is made of that may have changed.',
      resolve: ({ stalePrices }) => stalePrices,
    }),
    comingPrices: t.field({
      type: [PriceType],
      description: `Prices that take the place of others within ${PRICE_WINDOW_DAYS} days. \`low\` is of the cheaper, \`high\` of the dearer ones.`,
      resolve: ({ comingPrices }) => comingPrices,
    }),
    warnings: t.field({
      type: [EstimateWarningType],
      description: 'What a person should know before they pay.',
      resolve: ({ warnings }) => warnings,
    }),
  }),
});

builder.queryField('estimateFilm', (t) =>
  t.field({
    type: FilmEstimateType,
    description: 'What `generateFilm` with the same input would cost. Makes and costs nothing.',
    errors: {
      types: [InvalidInputError, ResourceError],
      union: { name: 'EstimateFilmResult', description: 'The estimate, or why there is none.' },
    },
    complexity: ({ input }) => ESTIMATE_COMPLEXITY + Math.ceil(input.prompt.length / CHARACTERS_PER_FIELD),
    args: { input: t.arg({ type: GenerateFilmInput, description: 'As for `generateFilm`.' }) },
    resolve: (_root, { input }, ctx) =>
      estimateNewFilm(ctx, { ...input, stopAfter: input.stopAfter ?? null }),
  }),
);

builder.prismaObjectField(ProjectNode, 'estimate', (t) =>
  t.field({
    type: FilmEstimateType,
    nullable: true,
    description:
      'What it has cost so far, and what it still lacks will cost; null, with an error, while its provider is not configured.',
    complexity: ESTIMATE_COMPLEXITY,
    args: {
      stopAfter: t.arg({
        type: RunStageEnum,
        required: false,
        description: 'Last stage of the run that is asked about; all unless given.',
      }),
    },
    resolve: (project, { stopAfter }, ctx) => estimateProject(ctx, project, stopAfter ?? null),
  }),
);

builder.prismaObjectField(SceneNode, 'retryEstimate', (t) =>
  t.field({
    type: FilmEstimateType,
    nullable: true,
    select: { project: true },
    complexity: ESTIMATE_COMPLEXITY,
    description:
      'What its project has cost so far, and what will be left to pay for once `retryScene` without other words has it made again: its clip, and all else that the film lacks. A clip that is with its provider is waited for, at no further cost. Another prompt of a frame has frames drawn anew, which cost besides. Null, with an error, while its provider is not configured.',
    resolve: ({ id, project }, _args, ctx) => estimateRetry(ctx, project, id),
  }),
);
