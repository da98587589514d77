import { ClipSource, ProjectStatus } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { AuditLogNode } from '../audit/audit-log.graphql.ts';
import { AuditLogConnection, pageOfEvents } from '../audit/events.graphql.ts';
import { ProviderEnum } from '../budget/provider.graphql.ts';
import { PipelineRunNode } from '../runs/run.graphql.ts';
import { PipelineRunConnection, pageOfRuns } from '../runs/runs.graphql.ts';
import { visibleProjects } from './project.ts';

export const ProjectStatusEnum = prismaEnum('ProjectStatus', ProjectStatus);
export const ClipSourceEnum = prismaEnum('ClipSource', ClipSource);
export { ProviderEnum };

/** Higher features add its scenes and films. */
export const ProjectNode = builder.prismaNode('Project', {
  id: { field: 'id', description: 'Its one id everywhere: `project_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleProjects(actor)] }),
  fields: (t) => ({
    workspace: t.relation('workspace'),
    prompt: t.exposeString('prompt'),
    title: t.exposeString('title'),
    style: t.exposeString('style'),
    aspectRatio: t.exposeString('aspectRatio'),
    targetClipDuration: t.exposeInt('targetClipDuration'),
    targetDuration: t.exposeInt('targetDuration', { nullable: true }),
    provider: t.expose('provider', { type: ProviderEnum }),
    seed: t.exposeInt('seed', { nullable: true }),
    negativePrompt: t.exposeString('negativePrompt', { nullable: true }),
    sound: t.exposeBoolean('sound'),
    clipsFrom: t.expose('clipsFrom', { type: ClipSourceEnum }),
    status: t.expose('status', { type: ProjectStatusEnum }),
    styleGuide: t.expose('styleGuide', { type: 'JSON', nullable: true }),
    storyboardRaw: t.expose('storyboardRaw', { type: 'JSON', nullable: true }),
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
        type: AuditLogNode,
        description: 'What the log tells of it and of everything in it, oldest first.',
        resolve: (project, args, ctx, info) => pageOfEvents(ctx, info, args, { projectId: project.id }),
      },
      AuditLogConnection,
    ),
  }),
});

builder.prismaObjectField(PipelineRunNode, 'project', (t) => t.relation('project'));

builder.prismaObjectField(AuditLogNode, 'project', (t) =>
  t.prismaField({
    type: ProjectNode,
    nullable: true,
    description: 'Project it belongs to, if any and not deleted.',
    resolve: (query, { projectId }, _args, { db, actor }) =>
      projectId === null
        ? null
        : db.project.findUnique({ ...query, where: { id: projectId, AND: [visibleProjects(actor)] } }),
  }),
);
