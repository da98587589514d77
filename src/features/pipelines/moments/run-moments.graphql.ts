import { requireId } from '../../../core/ids.ts';
import { plus } from '../../budget/estimate.ts';
import { requireVideo } from '../../videos/lock-video.ts';
import { CostRange } from '../confirm/estimate.graphql.ts';
import { MomentsScope, type PipelineRun } from '../../../generated/prisma/client.ts';
import { builder } from '../../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError, ResourceError } from '../../../graphql/errors.ts';
import { prismaEnum } from '../../../graphql/prisma-enum.ts';
import { CAPTION_CHOICES } from '../../moments/cut/cut-options.ts';
import { languageTag } from '../../transcripts/language-tag.ts';
import { TranscriptSourceEnum } from '../../transcripts/transcript.graphql.ts';
import { GenerationConfigNode } from '../../moments/config.graphql.ts';
import { PipelineRunNode, RunStageEnum } from '../../runs/run.graphql.ts';
import { type SkippedStage, skippedBy } from '../../runs/skip-stage.ts';
import {
  idempotencyField,
  maxCostField,
  priorityField,
  stopAfterField,
} from '../confirm/launch-fields.graphql.ts';
import { checkOrder, launchMoments } from './launch-moments.ts';
import type { MomentsOrder } from './moments-order.ts';
import { type MomentsCost, momentsCost } from './moments-cost.ts';
import { momentsOptions } from './moments-options.ts';

const MomentsScopeEnum = prismaEnum('MomentsScope', MomentsScope);

const CaptionStyleEnum = builder.enumType('CaptionStyle', {
  description: 'How captions look and move.',
  values: {
    NONE: { description: 'None are drawn.' },
    WORD_POP: { description: 'A few large words at a time; the one that is said lights up and stands out.' },
    KARAOKE: { description: 'Two lines, which fill with colour as they are said.' },
    LINE: { description: 'Two lines that stand still.' },
  } satisfies Record<(typeof CAPTION_CHOICES)[number], { description: string }>,
});

const RunMomentsInput = builder.inputType('RunMomentsInput', {
  description: 'Which video to look through, for what, and how its moments are cut.',
  fields: (t) => ({
    videoId: t.id({ description: 'Id of a Video.' }),
    scope: t.field({ type: MomentsScopeEnum, defaultValue: 'FULL', description: 'How much to do.' }),
    model: t.string({
      defaultValue: 'LEXICAL',
      description:
        'What finds the moments: `LEXICAL` by what is said and how, free of charge, or `GEMINI`, which is asked and costs; where there are no words, by shots and sound.',
    }),
    userPrompt: t.string({
      required: false,
      description: 'What `GEMINI` is to look for, in words; what is worth posting unless given.',
    }),
    transcriptSource: t.field({
      type: TranscriptSourceEnum,
      required: false,
      description:
        'Where its words come from, if it has no transcript; the best that is to be had free of charge unless given. `GEMINI` costs.',
    }),
    language: t.string({
      required: false,
      description:
        'Language that is spoken, as `en` or `pt-BR`; where nobody says, what the source takes it for.',
    }),
    minMomentLengthSeconds: t.float({ defaultValue: 15, description: 'Seconds a moment has at least.' }),
    maxMomentLengthSeconds: t.float({
      defaultValue: 60,
      description: 'Seconds a moment has at most, 900 of them.',
    }),
    minMoments: t.int({
      defaultValue: 4,
      description: 'Moments to find at least, if the video has room for them.',
    }),
    maxMoments: t.int({ defaultValue: 8, description: 'Moments to find at most, 100 of them.' }),
    aspectRatio: t.string({
      defaultValue: 'SOURCE',
      description: 'Shape of the clips: `SOURCE`, `9:16`, `1:1` or `4:5`.',
    }),
    captions: t.field({
      type: CaptionStyleEnum,
      defaultValue: 'NONE',
      description: 'Captions drawn on the clips.',
    }),
    captionsFromDraft: t.boolean({
      defaultValue: false,
      description:
        'Whether captions show words that a recogniser was not sure of, half of which may be wrong.',
    }),
    paddingSeconds: t.float({
      defaultValue: 0.4,
      description:
        'Most seconds before the first word and after the last, 0 to 5; less where another word is near.',
    }),
    maxClips: t.int({
      required: false,
      description: 'Clips to cut at most, the best moments first; all unless given.',
    }),
    momentIds: t.idList({
      required: false,
      description: 'Ids of the Moments to cut; those that the run finds unless given, or all that are kept.',
    }),
    stopAfter: stopAfterField(t),
    maxCostCents: maxCostField(t),
    priority: priorityField(t),
    idempotencyKey: idempotencyField(t),
  }),
});

const RunMomentsPayload = builder.objectRef<{ run: PipelineRun }>('RunMomentsPayload').implement({
  description: 'The run, queued.',
  fields: (t) => ({
    run: t.field({ type: PipelineRunNode, description: 'As it was queued.', resolve: ({ run }) => run }),
  }),
});

builder.mutationField('runMoments', (t) =>
  t.field({
    type: RunMomentsPayload,
    description:
      'Launches a run that finds the parts of a video that are worth posting, and cuts them; what is there is not made again. Follow it with `runProgress`.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError, ResourceError],
      union: { name: 'RunMomentsResult', description: 'The queued run, or why there is none.' },
    },
    args: { input: t.arg({ type: RunMomentsInput, description: 'Which video, and what is wanted of it.' }) },
    resolve: async (_root, { input }, ctx) => ({ run: await launchMoments(ctx, orderOf(input)) }),
  }),
);

type Input = typeof RunMomentsInput.$inferInput;

/** As it was given: whoever launches or estimates it says what is wrong. */
const orderOf = (input: Input): MomentsOrder => ({
  videoId: requireId('Video', input.videoId, ['videoId']),
  scope: input.scope,
  way: wayOf(input),
  options: optionsOf(input),
  stopAfter: input.stopAfter ?? null,
  maxCostCents: input.maxCostCents ?? null,
  priority: input.priority,
  idempotencyKey: input.idempotencyKey ?? null,
});

const wayOf = (input: Input) => ({
  model: input.model,
  operationType: 'GENERATION' as const,
  userPrompt: input.userPrompt?.trim() ?? '',
  systemPrompt: '',
  temperature: null,
  topP: null,
  topK: null,
  minMomentLength: input.minMomentLengthSeconds,
  maxMomentLength: input.maxMomentLengthSeconds,
  minMoments: input.minMoments,
  maxMoments: input.maxMoments,
});

/** As they were given: what is wrong with them is told with all else that is. */
const optionsOf = ({
  aspectRatio,
  captions,
  captionsFromDraft,
  paddingSeconds,
  maxClips,
  momentIds,
  ...input
}: Input) => ({
  ...momentsOptions.parse({}),
  transcriptSource: input.transcriptSource ?? null,
  language: languageTag(input.language),
  aspectRatio: aspectRatio as '9:16',
  captions,
  captionsFromDraft,
  paddingSeconds,
  ...(maxClips != null && { maxClips }),
  momentIds: momentIds?.map((id, at) => requireId('Moment', id, ['momentIds', String(at)])) ?? null,
});

const MomentsCostType = builder.objectRef<MomentsCost>('MomentsCost').implement({
  description:
    'What a run of moments will cost, in micro-USD (1 cent = 10,000); 0 for what is there or free of charge.',
  fields: (t) => ({
    hearingMicroUsd: t.field({
      type: CostRange,
      description: 'To have the video heard.',
      resolve: ({ hearing }) => hearing,
    }),
    findingMicroUsd: t.field({
      type: CostRange,
      description: 'To ask a model for its moments.',
      resolve: ({ finding }) => finding,
    }),
    totalMicroUsd: t.field({
      type: CostRange,
      description: 'All of it.',
      resolve: ({ hearing, finding }) => plus(hearing, finding),
    }),
  }),
});

builder.queryField('estimateMoments', (t) =>
  t.field({
    type: MomentsCostType,
    description: 'What `runMoments` would cost with the same input. Launches and costs nothing.',
    errors: {
      types: [InvalidInputError, NotFoundError, ResourceError],
      union: { name: 'EstimateMomentsResult', description: 'What it would cost, or why nobody can say.' },
    },
    args: { input: t.arg({ type: RunMomentsInput, description: 'As `runMoments` takes it.' }) },
    resolve: async (_root, { input }, { db, actor }) => {
      const order = orderOf(input);
      await checkOrder(db, actor, order);
      return momentsCost(db, await requireVideo(db, actor, order.videoId), order);
    },
  }),
);

const SkippedStageType = builder.objectRef<SkippedStage>('SkippedStage').implement({
  description: 'A stage that had nothing to do, or gave up what nothing else needs.',
  fields: (t) => ({
    stage: t.expose('stage', { type: RunStageEnum, description: 'Which.' }),
    reason: t.exposeString('reason', { description: 'Why, in words.' }),
  }),
});

builder.prismaObjectFields(PipelineRunNode, (t) => ({
  identifier: t.exposeString('identifier', { nullable: true }),
  momentsScope: t.expose('momentsScope', { type: MomentsScopeEnum, nullable: true }),
  generationConfig: t.relation('generationConfig', { type: GenerationConfigNode, nullable: true }),
  totalMoments: t.exposeInt('totalMoments', { nullable: true }),
  totalClips: t.exposeInt('totalClips', { nullable: true }),
  skippedStages: t.field({
    type: [SkippedStageType],
    description: 'Stages that had nothing to do, with the reason.',
    select: { skippedStages: true },
    resolve: (run) => skippedBy(run),
  }),
}));
