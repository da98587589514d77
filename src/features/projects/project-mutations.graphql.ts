import { encodeGlobalId, requireId } from '../../core/ids.ts';
import type { Project } from '../../generated/prisma/client.ts';
import { REMEMBERED } from '../idempotency/forget-keys.ts';
import { builder } from '../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../graphql/errors.ts';
import { projectFields } from './project-fields.graphql.ts';
import { VideoClipSourceEnum, ProjectNode } from './project.graphql.ts';
import { createProject, deleteProject } from './project.ts';

const CreateProjectInput = builder.inputType('CreateProjectInput', {
  description: 'What the film is to be.',
  fields: (t) => ({
    ...projectFields(t),
    clipsFrom: t.field({
      type: VideoClipSourceEnum,
      defaultValue: 'KEYFRAMES',
      description:
        "What clips are filmed from; `REFERENCE_IMAGES`, which `addReferenceImage` adds, where the provider's `referenceImages` has a `maxPerClip`.",
    }),
    maxCostCents: t.int({
      required: false,
      description: 'Most that all its runs together may cost, in cents; no cap unless given.',
    }),
    idempotencyKey: t.string({
      required: false,
      description: `A key of your choice: sent again with the same request, it answers with the same project. ${REMEMBERED}`,
    }),
  }),
});

const CreateProjectPayload = builder.objectRef<{ project: Project }>('CreateProjectPayload').implement({
  description: 'The project, created.',
  fields: (t) => ({
    project: t.field({
      type: ProjectNode,
      description: 'As it was created.',
      resolve: ({ project }) => project,
    }),
  }),
});

builder.mutationField('createProject', (t) =>
  t.field({
    type: CreateProjectPayload,
    description: 'Creates a project without launching anything. Costs nothing.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError],
      union: { name: 'CreateProjectResult', description: 'The project, or why there is none.' },
    },
    args: { input: t.arg({ type: CreateProjectInput, description: 'What the film is to be.' }) },
    resolve: async (_root, { input }, ctx) => ({ project: await createProject(ctx, input) }),
  }),
);

const DeleteProjectInput = builder.inputType('DeleteProjectInput', {
  description: 'Which project to delete.',
  fields: (t) => ({
    projectId: t.id({ description: 'Id of a Project.' }),
    deleteFilms: t.boolean({
      defaultValue: false,
      description: 'Also delete the films stitched from it; otherwise they stay in the library.',
    }),
  }),
});

const DeleteProjectPayload = builder
  .objectRef<{ deletedProjectId: string }>('DeleteProjectPayload')
  .implement({
    description: 'The project is gone.',
    fields: (t) => ({
      deletedProjectId: t.id({
        description: 'Id of the Project that is gone.',
        resolve: ({ deletedProjectId }) => encodeGlobalId('Project', deletedProjectId),
      }),
    }),
  });

builder.mutationField('deleteProject', (t) =>
  t.field({
    type: DeleteProjectPayload,
    description:
      'Deletes a project with its scenes, frames, clips, runs and their files; its log entries stay.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError],
      union: { name: 'DeleteProjectResult', description: 'That it is gone, or why it is not.' },
    },
    args: { input: t.arg({ type: DeleteProjectInput, description: 'Which project to delete.' }) },
    resolve: async (_root, { input }, ctx) => {
      const projectId = requireId('Project', input.projectId, ['projectId']);
      return { deletedProjectId: await deleteProject(ctx, { ...input, projectId }) };
    },
  }),
);
