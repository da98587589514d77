import type { VideoClipStatus } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { LiveEvents } from '../../graphql/live.ts';
import { afterArg, LiveEvent, type StatusChange, toStatusChange } from '../audit/live/live-event.graphql.ts';
import { positionOf } from '../audit/live/read-log.ts';
import { readNow } from '../audit/live/read-now.ts';
import { isProjectsEnd } from '../projects/projects-end.graphql.ts';
import { projectScope } from '../projects/project-runs.ts';
import { requireProject } from '../projects/require-project.ts';
import { VideoClipNode, VideoClipStatusEnum } from './video-clip.graphql.ts';
import { visibleVideoClips } from './video-clip.ts';

const VideoClipStatusChanged = builder
  .objectRef<StatusChange<VideoClipStatus>>('VideoClipStatusChanged')
  .implement({
    description: 'A clip moved to another status.',
    interfaces: [LiveEvent],
    fields: (t) => ({
      previousStatus: t.expose('previousStatus', {
        type: VideoClipStatusEnum,
        nullable: true,
        description: 'Where it stood before; null if it was just planned.',
      }),
      status: t.expose('status', { type: VideoClipStatusEnum, description: 'Where it stood then.' }),
      videoClip: t.prismaField({
        type: VideoClipNode,
        nullable: true,
        description: 'The clip as it is now; null once it is deleted.',
        resolve: readNow('VideoClip', visibleVideoClips),
      }),
    }),
  });

builder.subscriptionField('videoClipStatusChanged', (t) =>
  t.field({
    type: VideoClipStatusChanged,
    description:
      'Each change of status of a clip of a project, in order; completes once the project is deleted.',
    args: { projectId: t.arg.id({ description: 'Id of a Project.' }), after: t.arg.string(afterArg) },
    subscribe: async (_root, args, ctx) => {
      const projectId = await requireProject(ctx, args.projectId);
      return new LiveEvents({
        filter: { scope: projectScope(projectId), subjectTypes: ['VideoClip', 'Project'] },
        position: await positionOf(ctx, ctx.lastEventId ?? args.after ?? null),
        toEvent: (entry) =>
          entry.subjectType === 'VideoClip' ? toStatusChange<VideoClipStatus>(entry) : undefined,
        isEnd: isProjectsEnd,
      });
    },
    resolve: (event) => event,
  }),
);
