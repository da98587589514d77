import { requireId } from '../../core/ids.ts';
import type { Moment, Prisma } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { orderBy } from '../../graphql/order.ts';
import { containing } from '../../platform/database/containing.ts';
import { pageOf } from '../../graphql/page-of.ts';
import { WithinInput } from '../transcripts/timed-text.graphql.ts';
import { VideoNode } from '../videos/video.graphql.ts';
import { visibleClips } from './clip.ts';
import { ClipNode } from './clip.graphql.ts';
import { MomentNode } from './moment.graphql.ts';
import { visibleMoments } from './moment.ts';

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
}));

const filtered = ({
  minScore,
  within,
  text,
  isDiscarded,
}: typeof MomentFilter.$inferInput): Prisma.MomentWhereInput => ({
  ...(minScore != null && { score: { gte: minScore } }),
  ...(within && {
    endTime: { gt: within.startSeconds },
    ...(within.endSeconds != null && { startTime: { lt: within.endSeconds } }),
  }),
  ...(text && { title: containing(text) }),
  ...(isDiscarded != null && { discardedAt: isDiscarded ? { not: null } : null }),
});

const inOrderOfTime = orderBy<Moment, Prisma.MomentWhereInput, Prisma.MomentOrderByWithRelationInput>(
  'startTime',
  'asc',
);
const pageOfMoments = pageOf('Moment', { visible: visibleMoments, order: inOrderOfTime });
const pageOfClips = pageOf('Clip', { visible: visibleClips });

builder.prismaObjectField(VideoNode, 'moments', (t) =>
  t.connection(
    {
      type: MomentNode,
      description: 'Its parts that are worth posting, in their order.',
      args: momentArgs,
      resolve: (video, args, ctx, info) =>
        pageOfMoments(ctx, info, args, { videoId: video.id, ...filtered(args.filter ?? {}) }),
    },
    MomentConnection,
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
