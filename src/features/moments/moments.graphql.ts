import { InvalidInputError } from '../../core/errors.ts';
import { requireId } from '../../core/ids.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { containing } from '../../platform/database/containing.ts';
import { pageOf } from '../../graphql/page-of.ts';
import { checkWithin, WithinInput } from '../transcripts/timed-text.graphql.ts';
import { VideoNode } from '../videos/video.graphql.ts';
import { visibleClips } from './clip.ts';
import { ClipNode } from './clip.graphql.ts';
import { GenerationConfigNode } from './config.graphql.ts';
import { MomentNode } from './moment.graphql.ts';
import { MOMENT_ORDERS, MomentOrderEnum } from './moment-order.graphql.ts';
import { visibleConfigs, visibleMoments } from './moment.ts';

const MomentConnection = builder.connectionObject(
  { type: MomentNode, name: 'MomentConnection', description: 'A page of moments.' },
  { name: 'MomentEdge', description: 'A moment and its place in the list.' },
);
const ClipConnection = builder.connectionObject(
  { type: ClipNode, name: 'ClipConnection', description: 'A page of clips, newest first.' },
  { name: 'ClipEdge', description: 'A clip and its place in the list.' },
);

const MomentFilter = builder.inputType('MomentFilter', {
  description: 'Which moments. What is left out does not matter.',
  fields: (t) => ({
    minScore: t.float({ required: false, description: 'Those with this score at least, 0 to 10.' }),
    maxScore: t.float({ required: false, description: 'Those with this score at most.' }),
    within: t.field({
      type: WithinInput,
      required: false,
      description: 'Those that share time with this part of the video.',
    }),
    text: t.string({ required: false, description: 'Those whose title has this text.' }),
    isDiscarded: t.boolean({
      required: false,
      description: 'Those that were thrown out, or those that were not.',
    }),
  }),
});

const momentArgs = builder.args((t) => ({
  filter: t.field({ type: MomentFilter, required: false, description: 'Which moments; all unless given.' }),
  orderBy: t.field({
    type: MomentOrderEnum,
    defaultValue: 'TIME',
    description: 'In which order; as they are in the video unless given.',
  }),
}));

/** @throws {InvalidInputError} naming the upper end of a range that is turned round. */
function filtered({
  minScore,
  maxScore,
  within,
  text,
  isDiscarded,
}: typeof MomentFilter.$inferInput): Prisma.MomentWhereInput {
  checkWithin(within, ['filter', 'within']);
  if (minScore != null && maxScore != null && maxScore < minScore)
    throw new InvalidInputError([
      { path: ['filter', 'maxScore'], message: `Must not be below \`minScore\`, ${minScore}.` },
    ]);
  return {
    ...((minScore != null || maxScore != null) && {
      score: { ...(minScore != null && { gte: minScore }), ...(maxScore != null && { lte: maxScore }) },
    }),
    ...(within && {
      endTime: { gt: within.startSeconds },
      ...(within.endSeconds != null && { startTime: { lt: within.endSeconds } }),
    }),
    ...(text && { title: containing(text) }),
    ...(isDiscarded != null && { discardedAt: isDiscarded ? { not: null } : null }),
  };
}

const pageOfMoments = pageOf('Moment', { visible: visibleMoments, order: MOMENT_ORDERS.TIME });
const pageOfClips = pageOf('Clip', { visible: visibleClips });

builder.prismaObjectField(VideoNode, 'moments', (t) =>
  t.connection(
    {
      type: MomentNode,
      description: 'Its parts that are worth posting.',
      args: momentArgs,
      resolve: (video, { filter, orderBy, ...page }, ctx, info) =>
        pageOfMoments(
          ctx,
          info,
          page,
          { videoId: video.id, ...filtered(filter ?? {}) },
          MOMENT_ORDERS[orderBy],
        ),
    },
    MomentConnection,
  ),
);

builder.prismaObjectField(GenerationConfigNode, 'moments', (t) =>
  t.connection(
    {
      type: MomentNode,
      description: 'Moments that were found with it.',
      args: {
        ...momentArgs,
        videoId: t.arg.id({ required: false, description: 'Id of a Video: in that one only.' }),
      },
      resolve: (config, { filter, orderBy, videoId, ...page }, ctx, info) => {
        const where = {
          generationConfigId: config.id,
          ...(videoId != null && { videoId: requireId('Video', videoId, ['videoId']) }),
          ...filtered(filter ?? {}),
        };
        return pageOfMoments(ctx, info, page, where, MOMENT_ORDERS[orderBy]);
      },
    },
    MomentConnection,
  ),
);

const GenerationConfigConnection = builder.connectionObject(
  {
    type: GenerationConfigNode,
    name: 'GenerationConfigConnection',
    description: 'A page of configurations.',
  },
  { name: 'GenerationConfigEdge', description: 'A configuration and its place in the list.' },
);
const pageOfConfigs = pageOf('GenerationConfig', { visible: visibleConfigs });

builder.prismaObjectField(VideoNode, 'generationConfigs', (t) =>
  t.connection(
    {
      type: GenerationConfigNode,
      description:
        'Ways in which moments of it were looked for, the one that was first used last: what each found is told by its `moments`.',
      resolve: ({ id: videoId }, args, ctx, info) =>
        pageOfConfigs(ctx, info, args, {
          OR: [{ moments: { some: { videoId } } }, { runs: { some: { videoId } } }],
        }),
    },
    GenerationConfigConnection,
  ),
);

builder.prismaObjectField(VideoNode, 'clips', (t) =>
  t.connection(
    {
      type: ClipNode,
      description: 'Clips that were cut of its moments, newest first.',
      resolve: (video, args, ctx, info) => pageOfClips(ctx, info, args, { videoId: video.id }),
    },
    ClipConnection,
  ),
);

builder.prismaObjectField(MomentNode, 'children', (t) =>
  t.connection(
    {
      type: MomentNode,
      description: 'Moments that refine it.',
      resolve: (moment, args, ctx, info) => pageOfMoments(ctx, info, args, { parentId: moment.id }),
    },
    MomentConnection,
  ),
);

builder.queryFields((t) => ({
  moment: t.prismaField({
    type: MomentNode,
    nullable: true,
    description: 'A moment; null if it does not exist or is not yours.',
    args: { id: t.arg.id({ description: 'Id of a Moment.' }) },
    resolve: (query, _root, args, { db, actor }) =>
      db.moment.findUnique({
        ...query,
        where: { id: requireId('Moment', args.id, ['id']), AND: [visibleMoments(actor)] },
      }),
  }),
  clip: t.prismaField({
    type: ClipNode,
    nullable: true,
    description: 'A clip; null if it does not exist or is not yours.',
    args: { id: t.arg.id({ description: 'Id of a Clip.' }) },
    resolve: (query, _root, args, { db, actor }) =>
      db.clip.findUnique({
        ...query,
        where: { id: requireId('Clip', args.id, ['id']), AND: [visibleClips(actor)] },
      }),
  }),
}));
