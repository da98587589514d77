import type { Ingest, PipelineRun } from '../../../generated/prisma/client.ts';
import { builder } from '../../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../../graphql/errors.ts';
import { IngestNode } from '../../ingests/ingest.graphql.ts';
import { PipelineRunNode } from '../../runs/run.graphql.ts';
import { idempotencyField, priorityField } from '../confirm/launch-fields.graphql.ts';
import { ingestVideo } from './ingest-video.ts';

const IngestVideoInput = builder.inputType('IngestVideoInput', {
  description: 'Which film to bring in: one of `url`, `path` and `uploadId`, and what it is to be called.',
  fields: (t) => ({
    url: t.string({
      required: false,
      description:
        'A public address of a film in MP4, MOV, WebM or Matroska, as in https://example.com/talk.mp4; of a page with one, where the server has yt-dlp.',
    }),
    path: t.string({
      required: false,
      description: 'Path of a film in the folder of the server that VIDPIPE_INGEST_PATH names.',
    }),
    uploadId: t.id({
      required: false,
      description: 'Id of an Upload, all of which is here (`createUpload`).',
    }),
    title: t.string({ description: 'What it is called.' }),
    identifier: t.string({
      required: false,
      description: 'Unique short name for people and URLs; made of the title unless given.',
    }),
    language: t.string({
      required: false,
      description: 'Tag of the language that is spoken in it, as `en` or `pt-BR`.',
    }),
    priority: priorityField(t),
    idempotencyKey: idempotencyField(t),
  }),
});

const IngestVideoPayload = builder
  .objectRef<{ ingest: Ingest; run: PipelineRun }>('IngestVideoPayload')
  .implement({
    description: 'The film is on its way.',
    fields: (t) => ({
      ingest: t.field({
        type: IngestNode,
        description: 'What is brought in; its `video` is there once it is fetched.',
        resolve: ({ ingest }) => ingest,
      }),
      run: t.field({
        type: PipelineRunNode,
        description: 'The run that brings it in, queued.',
        resolve: ({ run }) => run,
      }),
    }),
  });

builder.mutationField('ingestVideo', (t) =>
  t.field({
    type: IngestVideoPayload,
    description:
      'Brings a film from outside into the library, in the background: fetches it, and makes a copy for browsers, a poster, a waveform and small pictures. A film that the workspace has already, byte for byte, is not made twice: `ingest.video` is that one then. Costs nothing.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError],
      union: { name: 'IngestVideoResult', description: 'The queued run, or why there is none.' },
    },
    args: { input: t.arg({ type: IngestVideoInput, description: 'Which film to bring in.' }) },
    resolve: (_root, { input: { idempotencyKey = null, ...input } }, ctx) =>
      ingestVideo(ctx, { ...input, idempotencyKey }),
  }),
);
