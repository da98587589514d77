import { encodeGlobalId, requireId } from '../../core/ids.ts';
import { builder } from '../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../graphql/errors.ts';
import { deleteVideo } from './delete-video.ts';

const DeleteVideoInput = builder.inputType('DeleteVideoInput', {
  description: 'Which film to delete.',
  fields: (t) => ({ videoId: t.id({ description: 'Id of a Video.' }) }),
});

const DeleteVideoPayload = builder.objectRef<{ deletedVideoId: string }>('DeleteVideoPayload').implement({
  description: 'The film is gone.',
  fields: (t) => ({
    deletedVideoId: t.id({
      description: 'Id of the Video that is gone.',
      resolve: ({ deletedVideoId }) => encodeGlobalId('Video', deletedVideoId),
    }),
  }),
});

builder.mutationField('deleteVideo', (t) =>
  t.field({
    type: DeleteVideoPayload,
    description:
      'Deletes a film with its transcript, its moments, what was cut of them, and all files, also one whose project is gone. A project keeps its clips: `stitchFilm` makes the film again.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError],
      union: { name: 'DeleteVideoResult', description: 'That it is gone, or why it is not.' },
    },
    args: { input: t.arg({ type: DeleteVideoInput, description: 'Which film to delete.' }) },
    resolve: async (_root, { input }, ctx) => ({
      deletedVideoId: await deleteVideo(ctx, requireId('Video', input.videoId, ['videoId'])),
    }),
  }),
);
