import { encodeGlobalId, requireId } from '../../core/ids.ts';
import type { ReferenceImage } from '../../generated/prisma/client.ts';
import { REMEMBERED } from '../idempotency/forget-keys.ts';
import { builder } from '../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError, ResourceError } from '../../graphql/errors.ts';
import { addReferenceImage, MAX_NAME_LENGTH } from './add-reference.ts';
import { ReferenceImageNode, ReferenceKindEnum } from './reference-image.graphql.ts';
import { MAX_REFERENCE_IMAGES } from './reference-image.ts';
import { removeReferenceImage } from './remove-reference.ts';
import { MAX_UPLOAD_BYTES, MAX_UPLOAD_PIXELS } from './uploaded-picture.ts';

const AddReferenceImageInput = builder.inputType('AddReferenceImageInput', {
  description: 'Which project, and what its picture shows.',
  fields: (t) => ({
    projectId: t.id({ description: 'Id of a Project without a live run.' }),
    name: t.string({
      description: `Whom or what it shows, as the prompt calls it; at most ${MAX_NAME_LENGTH} characters, unique in the project.`,
    }),
    kind: t.field({ type: ReferenceKindEnum, defaultValue: 'CHARACTER', description: 'What it shows.' }),
    idempotencyKey: t.string({
      required: false,
      description: `A key of your choice: sent again with the same request, it answers with the same picture. Without one, the same picture of the same name does. ${REMEMBERED}`,
    }),
    image: t.field({
      type: 'File',
      description: `A PNG or JPEG of at most ${MAX_UPLOAD_BYTES / 2 ** 20} MB and ${MAX_UPLOAD_PIXELS / 1_000_000} million pixels.`,
    }),
  }),
});

const AddReferenceImagePayload = builder
  .objectRef<{ referenceImage: ReferenceImage }>('AddReferenceImagePayload')
  .implement({
    description: 'The picture, added.',
    fields: (t) => ({
      referenceImage: t.field({
        type: ReferenceImageNode,
        description: 'Drawn anew: nothing but its pixels was kept.',
        resolve: ({ referenceImage }) => referenceImage,
      }),
    }),
  });

builder.mutationField('addReferenceImage', (t) =>
  t.field({
    type: AddReferenceImagePayload,
    description: `Adds a picture of somebody or something that must look the same all through a film; at most ${MAX_REFERENCE_IMAGES} a project. Sent as multipart/form-data. The same picture of the same name again answers with the first. Costs nothing.`,
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError, ResourceError],
      union: { name: 'AddReferenceImageResult', description: 'The picture, or why there is none.' },
    },
    args: {
      input: t.arg({ type: AddReferenceImageInput, description: 'Which project, and what it shows.' }),
    },
    resolve: async (_root, { input: { image, ...input } }, ctx) => {
      const projectId = requireId('Project', input.projectId, ['projectId']);
      const picture = Buffer.from(await image.arrayBuffer());
      return { referenceImage: await addReferenceImage(ctx, { ...input, projectId, picture }) };
    },
  }),
);

const RemoveReferenceImageInput = builder.inputType('RemoveReferenceImageInput', {
  description: 'Which picture to remove.',
  fields: (t) => ({
    referenceImageId: t.id({ description: 'Id of a ReferenceImage of a project without a live run.' }),
  }),
});

const RemoveReferenceImagePayload = builder
  .objectRef<{ removedId: string }>('RemoveReferenceImagePayload')
  .implement({
    description: 'The picture is gone.',
    fields: (t) => ({
      removedReferenceImageId: t.id({
        description: 'Id of the ReferenceImage that is gone.',
        resolve: ({ removedId }) => encodeGlobalId('ReferenceImage', removedId),
      }),
    }),
  });

builder.mutationField('removeReferenceImage', (t) =>
  t.field({
    type: RemoveReferenceImagePayload,
    description: 'Removes a picture from its project; what was made with it stays.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError],
      union: { name: 'RemoveReferenceImageResult', description: 'That it is gone, or why it is not.' },
    },
    args: { input: t.arg({ type: RemoveReferenceImageInput, description: 'Which picture to remove.' }) },
    resolve: async (_root, { input }, ctx) => {
      const id = requireId('ReferenceImage', input.referenceImageId, ['referenceImageId']);
      return { removedId: await removeReferenceImage(ctx, id) };
    },
  }),
);
