import { idAmong } from '../../core/scopes.ts';
import { VideoClipSource, ProjectStatus } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { LONG_TEXT_FIELDS } from '../../graphql/cost.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { ChangeEvent } from '../audit/event.graphql.ts';
import { ChangeEventConnection, pageOfEvents } from '../audit/events.graphql.ts';
import { ofScope } from '../audit/log/log-filter.ts';
import { readNow } from '../audit/live/read-now.ts';
import { ProviderEnum } from '../budget/provider.graphql.ts';
import { PipelineRunNode } from '../runs/run.graphql.ts';
import { PipelineRunConnection, pageOfRuns } from '../runs/runs.graphql.ts';
import { visibleProjects } from './project.ts';
import { projectScope } from './project-runs.ts';

export const ProjectStatusEnum = prismaEnum('ProjectStatus', ProjectStatus);
export const VideoClipSourceEnum = prismaEnum('VideoClipSource', VideoClipSource);
export { ProviderEnum };

/** Higher features add its scenes and films. */
export const ProjectNode = builder.prismaNode('Project', {
  id: { field: 'id', description: 'Its one id everywhere: `project_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleProjects(actor)] }),
  fields: (t) => ({
    workspace: t.relation('workspace'),
    prompt: t.exposeString('prompt', { complexity: LONG_TEXT_FIELDS }),
    title: t.exposeString('title'),
    style: t.exposeString('style'),
    aspectRatio: t.exposeString('aspectRatio'),
    targetClipDuration: t.exposeInt('targetClipDuration'),
    targetDuration: t.exposeInt('targetDuration', { nullable: true }),
    provider: t.expose('provider', { type: ProviderEnum }),
    seed: t.exposeInt('seed', { nullable: true }),
    negativePrompt: t.exposeString('negativePrompt', { nullable: true }),
    sound: t.exposeBoolean('sound'),
    clipsFrom: t.expose('clipsFrom', { type: VideoClipSourceEnum }),
    status: t.expose('status', { type: ProjectStatusEnum }),
    styleGuide: t.expose('styleGuide', { type: 'JSON', nullable: true }),
    storyboardRaw: t.expose('storyboardRaw', { type: 'JSON', nullable: true, complexity: LONG_TEXT_FIELDS }),
    errorMessage: t.exposeString('errorMessage', { nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    version: t.exposeInt('version'),
    runs: t.connection(
      {
        type: PipelineRunNode,
        description: 'Runs launched on it, newest first.',
        resolve: (project, args, ctx, info) => pageOfRuns(ctx, info, args, { projectId: project.id }),
      },
      PipelineRunConnection,
    ),
    events: t.connection(
      {
        type: ChangeEvent,
        description: 'What the log tells of it and of everything in it, oldest first.',
        resolve: (project, args, ctx, info) =>
          pageOfEvents(ctx, info, args, ofScope(projectScope(project.id))),
      },
      ChangeEventConnection,
    ),
  }),
});

builder.prismaObjectField(PipelineRunNode, 'project', (t) => t.relation('project', { nullable: true }));

builder.interfaceField(ChangeEvent, 'project', (t) =>
  t.prismaField({
    type: ProjectNode,
    nullable: true,
    description: 'Project it belongs to, as it is now; null if it belongs to none, or that is deleted.',
    resolve: readNow('Project', visibleProjects, ({ scopes }) => idAmong(scopes, 'Project')),
  }),
);
