import { MAX_SCENES } from '../../providers/storyboard-answer.ts';
import { requireId } from '../../core/ids.ts';
import { SceneStatus } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { TEXT_PART_FIELDS } from '../../graphql/cost.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { ProjectNode } from '../projects/project.graphql.ts';
import { visibleScenes } from './scene.ts';

export const SceneStatusEnum = prismaEnum('SceneStatus', SceneStatus);

/** Higher features add its frames and clips. */
export const SceneNode = builder.prismaNode('Scene', {
  id: { field: 'id', description: 'Its one id everywhere: `scene_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleScenes(actor)] }),
  fields: (t) => ({
    project: t.relation('project'),
    sceneIndex: t.exposeInt('sceneIndex'),
    sceneDescription: t.exposeString('sceneDescription'),
    startFramePrompt: t.exposeString('startFramePrompt'),
    endFramePrompt: t.exposeString('endFramePrompt'),
    videoMotionPrompt: t.exposeString('videoMotionPrompt'),
    transitionNotes: t.exposeString('transitionNotes'),
    narration: t.exposeString('narration', { nullable: true, complexity: TEXT_PART_FIELDS }),
    spokenNarration: t.exposeString('spokenNarration', { nullable: true }),
    status: t.expose('status', { type: SceneStatusEnum }),
    softening: t.exposeInt('softening'),
    withoutSound: t.exposeBoolean('withoutSound'),
    version: t.exposeInt('version'),
  }),
});

builder.prismaObjectField(ProjectNode, 'scenes', (t) =>
  t.relation('scenes', {
    description: `Scenes of its storyboard, in order; at most ${MAX_SCENES}.`,
    query: { orderBy: { sceneIndex: 'asc' } },
  }),
);

builder.queryField('scene', (t) =>
  t.prismaField({
    type: SceneNode,
    nullable: true,
    description: 'A scene; null if it does not exist or is not yours.',
    args: { id: t.arg.id({ description: 'Id of a Scene.' }) },
    resolve: (query, _root, args, { db, actor }) =>
      db.scene.findUnique({
        ...query,
        where: { id: requireId('Scene', args.id, ['id']), AND: [visibleScenes(actor)] },
      }),
  }),
);
