import { KeyframePosition, KeyframeSource } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { mediaUrl } from '../../graphql/media-url.ts';
import { pageOf } from '../../graphql/page-of.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { SceneNode } from '../storyboards/scene.graphql.ts';
import { visibleKeyframes } from './keyframe.ts';

const KeyframePositionEnum = prismaEnum('KeyframePosition', KeyframePosition);
const KeyframeSourceEnum = prismaEnum('KeyframeSource', KeyframeSource);

export const KeyframeNode = builder.prismaNode('Keyframe', {
  id: { field: 'id', description: 'Its one id everywhere: `keyframe_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleKeyframes(actor)] }),
  fields: (t) => ({
    scene: t.relation('scene'),
    position: t.expose('position', { type: KeyframePositionEnum }),
    promptUsed: t.exposeString('promptUsed'),
    url: t.field({
      type: 'URL',
      description: 'Where the picture is served; with Range requests and ETag.',
      resolve: ({ filePath }, _args, ctx) => mediaUrl(ctx, filePath),
    }),
    mimeType: t.exposeString('mimeType'),
    width: t.exposeInt('width'),
    height: t.exposeInt('height'),
    source: t.expose('source', { type: KeyframeSourceEnum }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    supersededAt: t.expose('supersededAt', { type: 'DateTime', nullable: true }),
  }),
});

builder.prismaObjectField(SceneNode, 'keyframes', (t) =>
  t.relation('keyframes', {
    description: 'Its current first and last frame, in this order; those that exist.',
    query: { where: { supersededAt: null }, orderBy: { position: 'asc' } },
  }),
);

const KeyframeConnection = builder.connectionObject(
  { type: KeyframeNode, name: 'KeyframeConnection', description: 'A page of keyframes, newest first.' },
  { name: 'KeyframeEdge', description: 'A keyframe and its place in the list.' },
);

const pageOfKeyframes = pageOf('Keyframe', { visible: visibleKeyframes });

builder.prismaObjectField(SceneNode, 'keyframeHistory', (t) =>
  t.connection(
    {
      type: KeyframeNode,
      description:
        'Every frame it had, newest first: the current ones, and those that newer ones took the place of.',
      resolve: ({ id: sceneId }, args, ctx, info) => pageOfKeyframes(ctx, info, args, { sceneId }),
    },
    KeyframeConnection,
  ),
);
