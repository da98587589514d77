import { encodeGlobalId } from '../../../core/ids.ts';
import { builder } from '../../../graphql/builder.ts';
import { deleteMoment } from './delete-moment.ts';
import { errorsOf, momentId, payloadOf, VERSION } from './edit.graphql.ts';
import { setDiscarded } from './keep-moment.ts';

/** A mutation that throws moments out, or takes them back. */
const standing = (isDiscarded: boolean, mutation: string, description: string) => {
  const Input = builder.inputType(`${mutation}Input`, {
    description: 'Which moment.',
    fields: (t) => ({
      momentId: t.id({ description: 'Id of a Moment.' }),
      expectedVersion: t.int({ required: false, description: VERSION }),
    }),
  });
  const Payload = payloadOf(mutation, 'The moment.');
  builder.mutationField(`${mutation.charAt(0).toLowerCase()}${mutation.slice(1)}`, (t) =>
    t.field({
      type: Payload,
      description,
      errors: errorsOf(mutation),
      args: { input: t.arg({ type: Input, description: 'Which.' }) },
      resolve: async (_root, { input }, ctx) => ({
        moment: await setDiscarded(ctx, { ...input, momentId: momentId(input.momentId) }, isDiscarded),
      }),
    }),
  );
};
standing(true, 'DiscardMoment', 'Throws a moment out: it stays with its clip, and is cut no more.');
standing(false, 'KeepMoment', 'Takes a moment back that was thrown out.');

const DeleteMomentInput = builder.inputType('DeleteMomentInput', {
  description: 'Which moment to delete.',
  fields: (t) => ({ momentId: t.id({ description: 'Id of a Moment of a video without a live run.' }) }),
});
const DeleteMomentPayload = builder.objectRef<{ deletedId: string }>('DeleteMomentPayload').implement({
  description: 'The moment is gone.',
  fields: (t) => ({
    deletedMomentId: t.id({
      description: 'Id of the Moment that is gone.',
      resolve: ({ deletedId }) => encodeGlobalId('Moment', deletedId),
    }),
  }),
});

builder.mutationField('deleteMoment', (t) =>
  t.field({
    type: DeleteMomentPayload,
    description: 'Deletes a moment with what was cut of it. Moments that refine it stay.',
    errors: errorsOf('DeleteMoment'),
    args: { input: t.arg({ type: DeleteMomentInput, description: 'Which.' }) },
    resolve: async (_root, { input }, ctx) => ({
      deletedId: await deleteMoment(ctx, momentId(input.momentId)),
    }),
  }),
);
