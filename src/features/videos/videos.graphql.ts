import { requireId } from '../../core/ids.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { pageOf } from '../../graphql/page-of.ts';
import { PipelineRunNode } from '../runs/run.graphql.ts';
import { ProjectNode } from '../projects/project.graphql.ts';
import { WorkspaceNode } from '../workspaces/workspace.graphql.ts';
import { ReviewStatusEnum, VideoNode, VideoOriginEnum } from './video.graphql.ts';
import { visibleVideos } from './video.ts';

const VideoConnection = builder.connectionObject(
  { type: VideoNode, name: 'VideoConnection', description: 'A page of films, newest first.' },
  { name: 'VideoEdge', description: 'A film and its place in the list.' },
);

const pageOfVideos = pageOf('Video', { visible: visibleVideos });

builder.prismaObjectField(ProjectNode, 'videos', (t) =>
  t.connection(
    {
      type: VideoNode,
      description: 'Films stitched from it, newest first.',
      resolve: (project, args, ctx, info) => pageOfVideos(ctx, info, args, { projectId: project.id }),
    },
    VideoConnection,
  ),
);

builder.prismaObjectField(PipelineRunNode, 'videos', (t) =>
  t.connection(
    {
      type: VideoNode,
      description: 'Films it stitched, newest first.',
      resolve: (run, args, ctx, info) => pageOfVideos(ctx, info, args, { runId: run.id }),
    },
    VideoConnection,
  ),
);

const VideoFilter = builder.inputType('VideoFilter', {
  description: 'Which films. What is left out does not matter.',
  fields: (t) => ({
    projectId: t.id({ required: false, description: 'Films of this project.' }),
    origin: t.field({
      type: [VideoOriginEnum],
      required: false,
      description: 'Films of any of these origins.',
    }),
    reviewStatus: t.field({
      type: [ReviewStatusEnum],
      required: false,
      description: 'Films in any of these.',
    }),
  }),
});

const videosArgs = builder.args((t) => ({
  filter: t.field({ type: VideoFilter, required: false, description: 'Which films; all unless given.' }),
}));

builder.prismaObjectField(WorkspaceNode, 'videos', (t) =>
  t.connection(
    {
      type: VideoNode,
      description: 'Films in its library, newest first.',
      args: videosArgs,
      resolve: (workspace, args, ctx, info) =>
        pageOfVideos(ctx, info, args, { workspaceId: workspace.id, ...filtered(args.filter ?? {}) }),
    },
    VideoConnection,
  ),
);

builder.queryFields((t) => ({
  video: t.prismaField({
    type: VideoNode,
    nullable: true,
    description: 'A film; null if it does not exist or is not yours.',
    args: { id: t.arg.id({ description: 'Id of a Video.' }) },
    resolve: (query, _root, args, { db, actor }) =>
      db.video.findUnique({
        ...query,
        where: { id: requireId('Video', args.id, ['id']), AND: [visibleVideos(actor)] },
      }),
  }),
  videos: t.connection(
    {
      type: VideoNode,
      description: 'Films of the library, newest first.',
      args: videosArgs,
      resolve: (_root, args, ctx, info) => pageOfVideos(ctx, info, args, filtered(args.filter ?? {})),
    },
    VideoConnection,
  ),
}));

const filtered = ({
  projectId,
  origin,
  reviewStatus,
}: typeof VideoFilter.$inferInput): Prisma.VideoWhereInput => ({
  ...(projectId != null && { projectId: requireId('Project', projectId, ['filter', 'projectId']) }),
  ...(origin && { origin: { in: origin } }),
  ...(reviewStatus && { reviewStatus: { in: reviewStatus } }),
});
