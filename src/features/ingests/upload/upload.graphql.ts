import type { Upload } from '../../../generated/prisma/client.ts';
import { builder } from '../../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError, ResourceError } from '../../../graphql/errors.ts';
import { REMEMBERED } from '../../idempotency/forget-keys.ts';
import { uploadUrl } from './upload-address.ts';
import { createUpload, UPLOAD_KEPT_HOURS, visibleUploads } from './upload.ts';

const UploadNode = builder.prismaNode('Upload', {
  id: { field: 'id', description: 'Its one id everywhere: `upload_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleUploads(actor)] }),
  fields: (t) => ({
    fileName: t.exposeString('fileName'),
    sizeBytes: t.field({
      type: 'SafeInt',
      description: 'Bytes that were announced.',
      resolve: ({ sizeBytes }) => Number(sizeBytes),
    }),
    receivedBytes: t.field({
      type: 'SafeInt',
      description: 'Bytes that are here; all of them once it can be brought in.',
      resolve: ({ receivedBytes }) => Number(receivedBytes),
    }),
    url: t.field({
      type: 'URL',
      description:
        'Where a tus client (version 1.0.0) sends the bytes, as `uploadUrl`; it asks for the same key as the graph.',
      resolve: ({ id }, _args, { origin }) => uploadUrl(origin, id),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

const CreateUploadInput = builder.inputType('CreateUploadInput', {
  description: 'The file that is to come.',
  fields: (t) => ({
    fileName: t.string({ description: 'What it is called, as in talk.mp4; for people.' }),
    sizeBytes: t.field({
      type: 'SafeInt',
      description: 'Its bytes; at most what VIDPIPE_INGEST_GIGABYTES allows.',
    }),
    idempotencyKey: t.string({
      required: false,
      description: `A key of your choice: sent again with the same request, it answers with the same upload. ${REMEMBERED}`,
    }),
  }),
});

const CreateUploadPayload = builder.objectRef<{ upload: Upload }>('CreateUploadPayload').implement({
  description: 'The upload is awaited.',
  fields: (t) => ({
    upload: t.field({
      type: UploadNode,
      description: 'Where its bytes go.',
      resolve: ({ upload }) => upload,
    }),
  }),
});

builder.mutationField('createUpload', (t) =>
  t.field({
    type: CreateUploadPayload,
    description: `Announces a file that is uploaded in pieces to \`upload.url\`, by the protocol tus: what was cut is gone on with where it was. Once all is here, \`ingestVideo\` brings it in. It is removed when nothing came for ${UPLOAD_KEPT_HOURS} hours.`,
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError, ResourceError],
      union: { name: 'CreateUploadResult', description: 'The upload, or why there is none.' },
    },
    args: { input: t.arg({ type: CreateUploadInput, description: 'The file that is to come.' }) },
    resolve: async (_root, { input: { idempotencyKey = null, ...input } }, ctx) => ({
      upload: await createUpload(ctx, { ...input, idempotencyKey }),
    }),
  }),
);
