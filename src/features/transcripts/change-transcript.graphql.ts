import { encodeGlobalId, requireId } from '../../core/ids.ts';
import type { Transcript } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../graphql/errors.ts';
import { deleteTranscript } from './delete-transcript.ts';
import { TranscriptNode } from './transcript.graphql.ts';
import { MAX_CORRECTIONS, MAX_WORD_LENGTH, updateTranscriptWords } from './update-words.ts';

const types = [InvalidInputError, NotFoundError, ConflictError];

const WordCorrectionInput = builder.inputType('WordCorrectionInput', {
  description: 'What is said in the place of a word.',
  fields: (t) => ({
    index: t.int({ description: 'Its place in `Transcript.words`, from 0.' }),
    text: t.string({
      description: `The word as it is printed, with the marks that belong to it; several are one to whoever cuts. At most ${MAX_WORD_LENGTH} characters.`,
    }),
  }),
});

const UpdateTranscriptWordsInput = builder.inputType('UpdateTranscriptWordsInput', {
  description: 'Which words of which transcript to correct.',
  fields: (t) => ({
    transcriptId: t.id({ description: 'Id of a Transcript.' }),
    expectedVersion: t.int({ description: 'Its `version` when its words were read.' }),
    words: t.field({
      type: [WordCorrectionInput],
      description: `The words that are wrong, at most ${MAX_CORRECTIONS.toLocaleString('en')} at a time.`,
    }),
  }),
});

const UpdateTranscriptWordsPayload = builder
  .objectRef<{ transcript: Transcript }>('UpdateTranscriptWordsPayload')
  .implement({
    description: 'The transcript, corrected.',
    fields: (t) => ({
      transcript: t.field({
        type: TranscriptNode,
        description: 'As it is then.',
        resolve: ({ transcript }) => transcript,
      }),
    }),
  });

builder.mutationField('updateTranscriptWords', (t) =>
  t.field({
    type: UpdateTranscriptWordsPayload,
    description:
      'Corrects words of a transcript; their times stay, and the texts of sentences follow. Clips that are cut already keep their captions.',
    errors: {
      types,
      union: { name: 'UpdateTranscriptWordsResult', description: 'The transcript, or why it is as it was.' },
    },
    args: { input: t.arg({ type: UpdateTranscriptWordsInput, description: 'Which words to correct.' }) },
    resolve: async (_root, { input }, ctx) => {
      const transcriptId = requireId('Transcript', input.transcriptId, ['transcriptId']);
      return { transcript: await updateTranscriptWords(ctx, { ...input, transcriptId }) };
    },
  }),
);

const DeleteTranscriptInput = builder.inputType('DeleteTranscriptInput', {
  description: 'Which transcript to delete.',
  fields: (t) => ({
    transcriptId: t.id({ description: 'Id of a Transcript of a video without a live run.' }),
  }),
});

const DeleteTranscriptPayload = builder
  .objectRef<{ deletedId: string }>('DeleteTranscriptPayload')
  .implement({
    description: 'The transcript is gone.',
    fields: (t) => ({
      deletedTranscriptId: t.id({
        description: 'Id of the Transcript that is gone.',
        resolve: ({ deletedId }) => encodeGlobalId('Transcript', deletedId),
      }),
    }),
  });

builder.mutationField('deleteTranscript', (t) =>
  t.field({
    type: DeleteTranscriptPayload,
    description:
      'Deletes a transcript, with it the configurations that are for it alone, the moments that were found with those, and what was cut of them. Then another can be made.',
    errors: {
      types,
      union: { name: 'DeleteTranscriptResult', description: 'That it is gone, or why it is not.' },
    },
    args: { input: t.arg({ type: DeleteTranscriptInput, description: 'Which transcript to delete.' }) },
    resolve: async (_root, { input }, ctx) => {
      const id = requireId('Transcript', input.transcriptId, ['transcriptId']);
      return { deletedId: await deleteTranscript(ctx, id) };
    },
  }),
);
