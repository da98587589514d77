import { KeyframePosition, KeyframeSource } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { mediaUrl } from '../../graphql/media-url.ts';
import { pageOf } from '../../graphql/page-of.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { SceneNode } from '../storyboards/scene.graphql.ts';
import { byRevision, SupersededBecauseEnum } from '../revisions/revision.graphql.ts';
import { CURRENT_FRAME, frameAt, visibleKeyframes } from './keyframe.ts';

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
    revision: t.exposeInt('revision'),
    replaces: t.relation('replaces', { nullable: true }),
    supersededAt: t.expose('supersededAt', { type: 'DateTime', nullable: true }),
    supersededBecause: t.expose('supersededBecause', { type: SupersededBecauseEnum, nullable: true }),
    supersededReason: t.exposeString('supersededReason', { nullable: true }),
    version: t.exposeInt('version'),
  }),
});

for (const [name, position] of [
  ['currentStartFrame', 'START'],
  ['currentEndFrame', 'END'],
] as const)
  builder.prismaObjectField(SceneNode, name, (t) =>
    t.field({
      type: KeyframeNode,
      nullable: true,
      description: `The frame that it ${position === 'START' ? 'begins' : 'ends'} with now; null until one is made.`,
      select: (_args, _ctx, nested) => ({ keyframes: nested({ where: CURRENT_FRAME }) }),
      resolve: ({ keyframes }) => frameAt(keyframes, position) ?? null,
    }),
  );

builder.prismaObjectField(SceneNode, 'keyframes', (t) =>
  t.relation('keyframes', {
    description: 'Its current first and last frame, in this order; those that exist.',
    query: { where: CURRENT_FRAME, orderBy: { position: 'asc' } },
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

builder.prismaObjectField(SceneNode, 'keyframeRevisions', (t) =>
  t.connection(
    {
      type: KeyframeNode,
      args: {
        position: t.arg({
          type: KeyframePositionEnum,
          required: true,
          description: 'At which end of the scene.',
        }),
      },
      description:
        'Every frame it had at one end, the highest revision first, also those that do not count any more.',
      resolve: ({ id: sceneId }, { position, ...args }, ctx, info) =>
        pageOfKeyframes(ctx, info, args, { sceneId, position }, byRevision()),
    },
    KeyframeConnection,
  ),
);
