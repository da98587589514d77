import { VideoClipStatus } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { mediaUrl } from '../../graphql/media-url.ts';
import { pageOf } from '../../graphql/page-of.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { SceneNode } from '../storyboards/scene.graphql.ts';
import { byRevision, SupersededBecauseEnum } from '../revisions/revision.graphql.ts';
import { CURRENT_CLIP } from './current-clip.ts';
import { gcsUriOf } from './result-uri.ts';
import { visibleVideoClips } from './video-clip.ts';

export const VideoClipStatusEnum = prismaEnum('VideoClipStatus', VideoClipStatus);

export const VideoClipNode = builder.prismaNode('VideoClip', {
  id: { field: 'id', description: 'Its one id everywhere: `video_clip_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleVideoClips(actor)] }),
  fields: (t) => ({
    scene: t.relation('scene'),
    operationName: t.exposeString('operationName', { nullable: true }),
    status: t.expose('status', { type: VideoClipStatusEnum }),
    gcsUri: t.string({
      nullable: true,
      description:
        'Address in Cloud Storage (`gs://…`), where the provider left it there; null anywhere else.',
      resolve: gcsUriOf,
    }),
    url: t.field({
      type: 'URL',
      nullable: true,
      description: 'Where the clip is served, with Range requests and ETag; null until it is complete.',
      resolve: ({ localPath }, _args, ctx) => (localPath === null ? null : mediaUrl(ctx, localPath)),
    }),
    durationSeconds: t.exposeFloat('durationSeconds', { nullable: true }),
    pollCount: t.exposeInt('pollCount'),
    errorMessage: t.exposeString('errorMessage', { nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    completedAt: t.expose('completedAt', { type: 'DateTime', nullable: true }),
    revision: t.exposeInt('revision'),
    replaces: t.relation('replaces', { nullable: true }),
    supersededAt: t.expose('supersededAt', { type: 'DateTime', nullable: true }),
    supersededBecause: t.expose('supersededBecause', { type: SupersededBecauseEnum, nullable: true }),
    supersededReason: t.exposeString('supersededReason', { nullable: true }),
    version: t.exposeInt('version'),
  }),
});

for (const [name, description] of [
  [
    'currentClip',
    'The clip that counts now: its highest revision, unless that was superseded. Null until one is planned.',
  ],
  ['clip', 'The same as `currentClip`.'],
] as const)
  builder.prismaObjectField(SceneNode, name, (t) =>
    t.field({
      type: VideoClipNode,
      nullable: true,
      description,
      select: (_args, _ctx, nested) => ({
        clips: nested({ where: CURRENT_CLIP }),
      }),
      resolve: ({ clips }) => clips[0] ?? null,
    }),
  );

const VideoClipConnection = builder.connectionObject(
  { type: VideoClipNode, name: 'VideoClipConnection', description: 'A page of clips, newest first.' },
  { name: 'VideoClipEdge', description: 'A clip and its place in the list.' },
);

const pageOfVideoClips = pageOf('VideoClip', { visible: visibleVideoClips });

builder.prismaObjectField(SceneNode, 'clips', (t) =>
  t.connection(
    {
      type: VideoClipNode,
      description:
        'Every clip it had, newest first: the current one, and those that newer ones took the place of.',
      resolve: ({ id: sceneId }, args, ctx, info) => pageOfVideoClips(ctx, info, args, { sceneId }),
    },
    VideoClipConnection,
  ),
);

builder.prismaObjectField(SceneNode, 'clipRevisions', (t) =>
  t.connection(
    {
      type: VideoClipNode,
      description: 'Every clip it had, the highest revision first, also those that do not count any more.',
      resolve: ({ id: sceneId }, args, ctx, info) =>
        pageOfVideoClips(ctx, info, args, { sceneId }, byRevision()),
    },
    VideoClipConnection,
  ),
);
