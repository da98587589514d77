import { requireId } from '../../core/ids.ts';
import type { Transcript } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../graphql/errors.ts';
import { LIMITS } from '../../subtitles/limits.ts';
import { REMEMBERED } from '../idempotency/forget-keys.ts';
import { createTranscript } from './create-transcript.ts';
import { TranscriptNode } from './transcript.graphql.ts';

const CreateTranscriptInput = builder.inputType('CreateTranscriptInput', {
  description: 'Which video, and what is said in it.',
  fields: (t) => ({
    videoId: t.id({ description: 'Id of a Video without a transcript and without a live run.' }),
    file: t.field({
      type: 'File',
      description: `Subtitles, known by their content: SRT, WebVTT, ASS, TTML, SBV, JSON of recognisers or of YouTube; at most ${LIMITS.fileBytes / 1_000_000} MB and ${LIMITS.cues.toLocaleString('en')} cues.`,
    }),
    language: t.string({
      required: false,
      description:
        'Tag of their language, as `en` or `pt-BR`: words and sentences are parted by its rules. `und` unless given.',
    }),
    idempotencyKey: t.string({
      required: false,
      description: `A key of your choice: sent again with the same request, it answers with the same transcript. ${REMEMBERED}`,
    }),
  }),
});

const CreateTranscriptPayload = builder
  .objectRef<{ transcript: Transcript; warnings: string[] }>('CreateTranscriptPayload')
  .implement({
    description: 'The transcript, made.',
    fields: (t) => ({
      transcript: t.field({
        type: TranscriptNode,
        description: 'Its words and sentences. The file itself is not kept.',
        resolve: ({ transcript }) => transcript,
      }),
      warnings: t.exposeStringList('warnings', {
        description: 'What of the file was mended or left out, in sentences for a person.',
      }),
    }),
  });

builder.mutationField('createTranscript', (t) =>
  t.field({
    type: CreateTranscriptPayload,
    description:
      'Makes the transcript of a video from subtitles. Words have the times of the file, or their share of the time that their cue is shown (`isSpread`). Sent as multipart/form-data. Costs nothing.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError],
      union: { name: 'CreateTranscriptResult', description: 'The transcript, or why there is none.' },
    },
    args: {
      input: t.arg({ type: CreateTranscriptInput, description: 'Which video, and what is said in it.' }),
    },
    resolve: (_root, { input }, ctx) =>
      createTranscript(ctx, { ...input, videoId: requireId('Video', input.videoId, ['videoId']) }),
  }),
);
