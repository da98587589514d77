import { requireId } from '../../../core/ids.ts';
import type { Project } from '../../../generated/prisma/client.ts';
import { builder } from '../../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError, ResourceError } from '../../../graphql/errors.ts';
import { VideoClipSourceEnum, ProjectNode, ProviderEnum } from '../../projects/project.graphql.ts';
import { projectField } from '../confirm/launch-fields.graphql.ts';
import { upgradeProject } from './upgrade-project.ts';

const UpgradeProjectInput = builder.inputType('UpgradeProjectInput', {
  description: 'Which project, and who is to make it.',
  fields: (t) => ({
    projectId: projectField(t),
    provider: t.field({ type: ProviderEnum, description: 'Who makes it from now on.' }),
    clipsFrom: t.field({
      type: VideoClipSourceEnum,
      required: false,
      description: 'What its clips are filmed from; as before unless given. With it, the provider may stay.',
    }),
  }),
});

const UpgradeProjectPayload = builder.objectRef<{ project: Project }>('UpgradeProjectPayload').implement({
  description: 'The project, to be launched with its new provider.',
  fields: (t) => ({
    project: t.field({
      type: ProjectNode,
      description: 'With its storyboard and without frames and clips; `estimate` tells what those will cost.',
      resolve: ({ project }) => project,
    }),
  }),
});

builder.mutationField('upgradeProject', (t) =>
  t.field({
    type: UpgradeProjectPayload,
    description:
      'Has a project made by another provider, or its clips filmed from other pictures: preview it with the animatic for nothing, then pay for the same storyboard. Scenes keep their ids; old frames, clips and films stay for the record. Launches and costs nothing.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError, ResourceError],
      union: { name: 'UpgradeProjectResult', description: 'The project, or why it stays as it is.' },
    },
    args: {
      input: t.arg({ type: UpgradeProjectInput, description: 'Which project, and who is to make it.' }),
    },
    resolve: async (_root, { input }, ctx) => {
      const projectId = requireId('Project', input.projectId, ['projectId']);
      return { project: await upgradeProject(ctx, { ...input, projectId }) };
    },
  }),
);
