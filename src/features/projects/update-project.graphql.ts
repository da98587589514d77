import { requireId } from '../../core/ids.ts';
import type { Project } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError, ResourceError } from '../../graphql/errors.ts';
import { VideoClipSourceEnum, ProjectNode } from './project.graphql.ts';
import { updateProject } from './update-project.ts';

const UNTIL_MADE = 'Fixed once the storyboard exists.';

const UpdateProjectInput = builder.inputType('UpdateProjectInput', {
  description: 'Which project to change, and how; what is left out stays as it is.',
  fields: (t) => {
    const required = false;
    const until = (what: string) => ({ required, description: `${what} ${UNTIL_MADE}` });
    return {
      projectId: t.id({ description: 'Id of a Project.' }),
      title: t.string({
        required,
        description: 'Short name; null takes it from the prompt. Films that exist keep theirs.',
      }),
      seed: t.int({
        required,
        description: 'Of the clips that are made from now on; null for a new one each time.',
      }),
      prompt: t.string(until('What the film is about, or its whole script.')),
      style: t.string(until("One of the provider's `styles`.")),
      aspectRatio: t.string(until("One of the provider's `aspectRatios`.")),
      targetClipDuration: t.int(
        until(
          "Seconds a clip is meant to last, within the provider's `clipSeconds`; from reference images, up to the longest of `references.clipSeconds`.",
        ),
      ),
      targetDuration: t.int(until('Seconds the film is meant to last; null lets the prompt decide.')),
      negativePrompt: t.string(until('What must not be seen; null for nothing in particular.')),
      sound: t.boolean(until('Whether the clips have sound.')),
      clipsFrom: t.field({ type: VideoClipSourceEnum, ...until('What clips are filmed from.') }),
    };
  },
});

const UpdateProjectPayload = builder.objectRef<{ project: Project }>('UpdateProjectPayload').implement({
  description: 'The project, changed.',
  fields: (t) => ({
    project: t.field({
      type: ProjectNode,
      description: 'As it stands now.',
      resolve: ({ project }) => project,
    }),
  }),
});

builder.mutationField('updateProject', (t) =>
  t.field({
    type: UpdateProjectPayload,
    description:
      'Changes what a project asks for, as far as nothing was made from it; costs nothing. Another provider: `upgradeProject`. Caps: `setProjectCostCap`.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError, ResourceError],
      union: { name: 'UpdateProjectResult', description: 'The changed project, or why it is not.' },
    },
    args: { input: t.arg({ type: UpdateProjectInput, description: 'Which project to change, and how.' }) },
    resolve: async (_root, { input }, ctx) => ({
      project: await updateProject(ctx, {
        ...input,
        projectId: requireId('Project', input.projectId, ['projectId']),
      }),
    }),
  }),
);
