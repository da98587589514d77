import { encodeGlobalId, requireId } from '../../../core/ids.ts';
import { builder } from '../../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../../graphql/errors.ts';
import { deleteClip } from './delete-clip.ts';

const DeleteClipInput = builder.inputType('DeleteClipInput', {
  description: 'Which clip to delete.',
  fields: (t) => ({ clipId: t.id({ description: 'Id of a Clip of a video without a live run.' }) }),
});

const DeleteClipPayload = builder.objectRef<{ deletedId: string }>('DeleteClipPayload').implement({
  description: 'The clip is gone.',
  fields: (t) => ({
    deletedClipId: t.id({
      description: 'Id of the Clip that is gone.',
      resolve: ({ deletedId }) => encodeGlobalId('Clip', deletedId),
    }),
  }),
});

builder.mutationField('deleteClip', (t) =>
  t.field({
    type: DeleteClipPayload,
    description: 'Deletes a clip with its still. Its moment stays, and can be cut anew.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError],
      union: { name: 'DeleteClipResult', description: 'That it is gone, or why it is not.' },
    },
    args: { input: t.arg({ type: DeleteClipInput, description: 'Which clip to delete.' }) },
    resolve: async (_root, { input }, ctx) => ({
      deletedId: await deleteClip(ctx, requireId('Clip', input.clipId, ['clipId'])),
    }),
  }),
);
