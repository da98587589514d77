import { requireId } from '../../../core/ids.ts';
import type { Moment } from '../../../generated/prisma/client.ts';
import { builder } from '../../../graphql/builder.ts';
import { REMEMBERED } from '../../idempotency/forget-keys.ts';
import { MomentNode } from '../moment.graphql.ts';
import { BEST_SCORE, MAX_IDENTIFIER_LENGTH, MAX_TITLE_LENGTH } from '../moment-rules.ts';
import { createMoment } from './create-moment.ts';
import { errorsOf, momentId, payloadOf, VERSION } from './edit.graphql.ts';
import { mergeMoments, MOST_MERGED } from './merge-moments.ts';
import { splitMoment } from './split-moment.ts';
import { trimMoment } from './trim-moment.ts';
import { updateMoment } from './update-moment.ts';

const TITLE = `Title, on one line; at most ${MAX_TITLE_LENGTH} characters.`;
const KEY = `A key of your choice: sent again with the same request, it answers with the same moment. ${REMEMBERED}`;
const START = 'Where it starts, in seconds from the start of the video.';
const END = 'Where it ends, in seconds from the start of the video, and in it.';
const CreateMomentInput = builder.inputType('CreateMomentInput', {
  description: 'Which part of which video.',
  fields: (t) => ({
    videoId: t.id({ description: 'Id of a Video without a live run.' }),
    startSeconds: t.float({ description: START }),
    endSeconds: t.float({ description: END }),
    title: t.string({ required: false, description: `${TITLE} The first that is said in it unless given.` }),
    identifier: t.string({
      required: false,
      description: `Unique short name for people and URLs: small letters and digits with hyphens between them, at most ${MAX_IDENTIFIER_LENGTH}. Made of the title unless given.`,
    }),
    idempotencyKey: t.string({ required: false, description: KEY }),
  }),
});
const CreateMomentPayload = payloadOf('CreateMoment', 'The moment, made.');

builder.mutationField('createMoment', (t) =>
  t.field({
    type: CreateMomentPayload,
    description: 'Makes a moment of a part of a video that you choose.',
    errors: errorsOf('CreateMoment'),
    args: { input: t.arg({ type: CreateMomentInput, description: 'Which part of which video.' }) },
    resolve: async (_root, { input }, ctx) => {
      const videoId = requireId('Video', input.videoId, ['videoId']);
      return { moment: await createMoment(ctx, { ...input, videoId }) };
    },
  }),
);

const UpdateMomentInput = builder.inputType('UpdateMomentInput', {
  description: 'What to change of a moment; what is left out stays.',
  fields: (t) => ({
    momentId: t.id({ description: 'Id of a Moment; for its times, of a video without a live run.' }),
    expectedVersion: t.int({ description: VERSION }),
    title: t.string({ required: false, description: TITLE }),
    startSeconds: t.float({ required: false, description: START }),
    endSeconds: t.float({ required: false, description: END }),
    score: t.float({
      required: false,
      description: `How good you find it, 0 to ${BEST_SCORE}; null takes its score away.`,
    }),
  }),
});
const UpdateMomentPayload = payloadOf('UpdateMoment', 'The moment, changed.');

builder.mutationField('updateMoment', (t) =>
  t.field({
    type: UpdateMomentPayload,
    description:
      'Changes title, times or score of a moment. A clip that was cut of other times stays, and is stale (`Clip.isStale`).',
    errors: errorsOf('UpdateMoment'),
    args: { input: t.arg({ type: UpdateMomentInput, description: 'What to change.' }) },
    resolve: async (_root, { input }, ctx) => ({
      moment: await updateMoment(ctx, { ...input, momentId: momentId(input.momentId) }),
    }),
  }),
);

const TrimMomentInput = builder.inputType('TrimMomentInput', {
  description: 'With which words a moment begins and ends.',
  fields: (t) => ({
    momentId: t.id({ description: 'Id of a Moment of a video with a transcript and without a live run.' }),
    expectedVersion: t.int({ required: false, description: VERSION }),
    fromWordIndex: t.int({ description: 'Place of its first word in `Transcript.words`, from 0.' }),
    toWordIndex: t.int({ description: 'Place of its last word.' }),
  }),
});
const TrimMomentPayload = payloadOf('TrimMoment', 'The moment, with other times.');

builder.mutationField('trimMoment', (t) =>
  t.field({
    type: TrimMomentPayload,
    description: 'Has a moment begin and end with words of the transcript, wherever they are in the video.',
    errors: errorsOf('TrimMoment'),
    args: { input: t.arg({ type: TrimMomentInput, description: 'Which words.' }) },
    resolve: async (_root, { input }, ctx) => ({
      moment: await trimMoment(ctx, { ...input, momentId: momentId(input.momentId) }),
    }),
  }),
);

const SplitMomentInput = builder.inputType('SplitMomentInput', {
  description: 'Where to make two moments of one.',
  fields: (t) => ({
    momentId: t.id({ description: 'Id of a Moment of a video without a live run.' }),
    expectedVersion: t.int({ required: false, description: VERSION }),
    atSeconds: t.float({ description: 'Where, in seconds from the start of the video: within the moment.' }),
    idempotencyKey: t.string({ required: false, description: KEY }),
  }),
});
const SplitMomentPayload = builder
  .objectRef<{ first: Moment | null; second: Moment }>('SplitMomentPayload')
  .implement({
    description: 'Both moments.',
    fields: (t) => ({
      first: t.field({
        type: MomentNode,
        nullable: true,
        description: 'The one that there was, which ends there; null if it is gone since.',
        resolve: ({ first }) => first,
      }),
      second: t.field({
        type: MomentNode,
        description: 'The new one, which begins there; without a score.',
        resolve: ({ second }) => second,
      }),
    }),
  });

builder.mutationField('splitMoment', (t) =>
  t.field({
    type: SplitMomentPayload,
    description: 'Makes two moments of one. Its clip stays, and is stale.',
    errors: errorsOf('SplitMoment'),
    args: { input: t.arg({ type: SplitMomentInput, description: 'Which, and where.' }) },
    resolve: (_root, { input }, ctx) => splitMoment(ctx, { ...input, momentId: momentId(input.momentId) }),
  }),
);

const MergeMomentsInput = builder.inputType('MergeMomentsInput', {
  description: 'Which moments to make one of.',
  fields: (t) => ({
    momentIds: t.idList({
      description: `Ids of 2 to ${MOST_MERGED} Moments of one video without a live run.`,
    }),
    idempotencyKey: t.string({ required: false, description: KEY }),
  }),
});
const MergeMomentsPayload = payloadOf('MergeMoments', 'The one moment.');

builder.mutationField('mergeMoments', (t) =>
  t.field({
    type: MergeMomentsPayload,
    description:
      'Makes one moment of several, with what lies between them: the earliest stays and is kept, the others are deleted with what was cut of them.',
    errors: errorsOf('MergeMoments'),
    args: { input: t.arg({ type: MergeMomentsInput, description: 'Which.' }) },
    resolve: async (_root, { input }, ctx) => {
      const momentIds = input.momentIds.map((id, at) => requireId('Moment', id, ['momentIds', String(at)]));
      return { moment: await mergeMoments(ctx, { ...input, momentIds }) };
    },
  }),
);
