import type { SceneStatus } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { LiveEvents } from '../../graphql/live.ts';
import { afterArg, LiveEvent, type StatusChange, toStatusChange } from '../audit/live/live-event.graphql.ts';
import { positionOf } from '../audit/live/read-log.ts';
import { readNow } from '../audit/live/read-now.ts';
import { isProjectsEnd } from '../projects/projects-end.graphql.ts';
import { projectScope } from '../projects/project-runs.ts';
import { requireProject } from '../projects/require-project.ts';
import { SceneNode, SceneStatusEnum } from './scene.graphql.ts';
import { visibleScenes } from './scene.ts';

const SceneStatusChanged = builder.objectRef<StatusChange<SceneStatus>>('SceneStatusChanged').implement({
  description: 'A scene moved to another status.',
  interfaces: [LiveEvent],
  fields: (t) => ({
    previousStatus: t.expose('previousStatus', {
      type: SceneStatusEnum,
      nullable: true,
      description: 'Where it stood before; null if it was just written.',
    }),
    status: t.expose('status', { type: SceneStatusEnum, description: 'Where it stood then.' }),
    scene: t.prismaField({
      type: SceneNode,
      nullable: true,
      description: 'The scene as it is now; null once it is deleted.',
      resolve: readNow('Scene', visibleScenes),
    }),
  }),
});

builder.subscriptionField('sceneStatusChanged', (t) =>
  t.field({
    type: SceneStatusChanged,
    description:
      'Each change of status of a scene of a project, in order; completes once the project is deleted.',
    args: { projectId: t.arg.id({ description: 'Id of a Project.' }), after: t.arg.string(afterArg) },
    subscribe: async (_root, args, ctx) => {
      const projectId = await requireProject(ctx, args.projectId);
      return new LiveEvents({
        filter: { scope: projectScope(projectId), subjectTypes: ['Scene', 'Project'] },
        position: await positionOf(ctx, ctx.lastEventId ?? args.after ?? null),
        toEvent: (entry) => (entry.subjectType === 'Scene' ? toStatusChange<SceneStatus>(entry) : undefined),
        isEnd: isProjectsEnd,
      });
    },
    resolve: (event) => event,
  }),
);
