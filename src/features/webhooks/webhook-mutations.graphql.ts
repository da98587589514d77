import type { GraphQLSchema } from 'graphql';
import { requireId } from '../../core/ids.ts';
import type { Webhook } from '../../generated/prisma/client.ts';
import { REMEMBERED } from '../idempotency/forget-keys.ts';
import { builder } from '../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError, ResourceError } from '../../graphql/errors.ts';
import { EventTypeEnum } from '../audit/event.graphql.ts';
import { readEventDocument } from './event-document.graphql.ts';
import { replayWebhook } from './replay.ts';
import { rotateWebhookSecret } from './rotate-secret.ts';
import { WebhookNode } from './webhook.graphql.ts';
import { createWebhook, deleteWebhook, updateWebhook } from './webhook.ts';

const URL_TEXT = 'Where events are posted to: a public http or https address.';
const EVENTS_TEXT = 'Types of events to send; null is all there are and will be.';
const DOCUMENT_TEXT =
  'What `data` of each payload holds: a selection over the event (Event), as in `{ ... on SceneChanged { cursor scene { status } } }`.';

type PerhapsWithSecret = { webhook: Webhook; secret: string | null };

const payload = (name: string, description: string) =>
  builder.objectRef<{ webhook: Webhook }>(name).implement({
    description,
    fields: (t) => ({
      webhook: t.field({
        type: WebhookNode,
        description: 'As it stands now.',
        resolve: ({ webhook }) => webhook,
      }),
    }),
  });

const payloadWithSecret = (name: string, description: string) =>
  builder.objectRef<PerhapsWithSecret>(name).implement({
    description,
    fields: (t) => ({
      webhook: t.field({
        type: WebhookNode,
        description: 'As it stands now.',
        resolve: ({ webhook }) => webhook,
      }),
      secret: t.exposeString('secret', {
        nullable: true,
        description:
          'Signs its messages (Standard Webhooks). Keep it: it is never told again. Null where an earlier request with the same idempotency key made it: `rotateWebhookSecret` with another key gives the webhook another one.',
      }),
    }),
  });

const webhookId = (input: { webhookId: string }) => requireId('Webhook', input.webhookId, ['webhookId']);

/** Checks a document where one is given. */
function checkDocument(schema: GraphQLSchema, document: string | null | undefined): void {
  if (document != null) readEventDocument(schema, document);
}

const CreateWebhookInput = builder.inputType('CreateWebhookInput', {
  description: 'Who is told of what, and what is said.',
  fields: (t) => ({
    url: t.string({ description: URL_TEXT }),
    events: t.field({ type: [EventTypeEnum], required: false, description: EVENTS_TEXT }),
    document: t.string({ description: DOCUMENT_TEXT }),
    idempotencyKey: t.string({
      required: false,
      description: `A key of your choice: sent again with the same request, it answers with the same webhook, whose secret is null then. ${REMEMBERED}`,
    }),
  }),
});

const CreateWebhookPayload = payloadWithSecret('CreateWebhookPayload', 'The webhook, and its secret.');

builder.mutationField('createWebhook', (t) =>
  t.field({
    type: CreateWebhookPayload,
    description:
      'Creates a webhook: what happens from now on is posted to it, in order, each event until it is taken (for 24 hours).',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError, ResourceError],
      union: { name: 'CreateWebhookResult', description: 'The webhook, or why there is none.' },
    },
    args: { input: t.arg({ type: CreateWebhookInput, description: 'Who is told of what.' }) },
    resolve: (_root, { input }, ctx, { schema }) => {
      checkDocument(schema, input.document);
      const { events = null, idempotencyKey = null } = input;
      return createWebhook(ctx, { ...input, events, idempotencyKey, origin: ctx.origin });
    },
  }),
);

const UpdateWebhookInput = builder.inputType('UpdateWebhookInput', {
  description: 'What to change; what is left out stays as it is.',
  fields: (t) => ({
    webhookId: t.id({ description: 'Id of a Webhook.' }),
    url: t.string({ required: false, description: URL_TEXT }),
    events: t.field({ type: [EventTypeEnum], required: false, description: EVENTS_TEXT }),
    document: t.string({ required: false, description: DOCUMENT_TEXT }),
    isEnabled: t.boolean({
      required: false,
      description: 'Whether it is sent what happens. Enabled again, it goes on from where it stopped.',
    }),
  }),
});

builder.mutationField('updateWebhook', (t) =>
  t.field({
    type: payload('UpdateWebhookPayload', 'The webhook, changed.'),
    description: 'Changes a webhook; an event that waits for its next try is tried at once.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError],
      union: { name: 'UpdateWebhookResult', description: 'The changed webhook, or why it is not.' },
    },
    args: { input: t.arg({ type: UpdateWebhookInput, description: 'What to change.' }) },
    resolve: async (_root, { input }, ctx, { schema }) => {
      checkDocument(schema, input.document);
      const { url, events, document, isEnabled } = input;
      const change = {
        ...(url != null && { url }),
        ...(events !== undefined && { events }),
        ...(document != null && { document }),
        ...(isEnabled != null && { isEnabled }),
      };
      return { webhook: await updateWebhook(ctx, webhookId(input), change) };
    },
  }),
);

const DeleteWebhookInput = builder.inputType('DeleteWebhookInput', {
  description: 'Which webhook to delete.',
  fields: (t) => ({ webhookId: t.id({ description: 'Id of a Webhook.' }) }),
});

const DeleteWebhookPayload = builder
  .objectRef<{ deletedWebhookId: string }>('DeleteWebhookPayload')
  .implement({
    description: 'The webhook is gone.',
    fields: (t) => ({
      deletedWebhookId: t.exposeID('deletedWebhookId', { description: 'Id it had.' }),
    }),
  });

builder.mutationField('deleteWebhook', (t) =>
  t.field({
    type: DeleteWebhookPayload,
    description: 'Deletes a webhook with its secrets and deliveries; its log entries stay.',
    errors: {
      types: [InvalidInputError, NotFoundError],
      union: { name: 'DeleteWebhookResult', description: 'That it is gone, or why it is not.' },
    },
    args: { input: t.arg({ type: DeleteWebhookInput, description: 'Which webhook to delete.' }) },
    resolve: async (_root, { input }, ctx) => {
      await deleteWebhook(ctx, webhookId(input));
      return { deletedWebhookId: input.webhookId };
    },
  }),
);

const RotateWebhookSecretInput = builder.inputType('RotateWebhookSecretInput', {
  description: 'Whose secret to replace.',
  fields: (t) => ({
    webhookId: t.id({ description: 'Id of a Webhook.' }),
    oldSecretHours: t.int({
      defaultValue: 24,
      description: 'Hours for which the old secret signs too, at most 168; 0 if it was stolen.',
    }),
    idempotencyKey: t.string({
      required: false,
      description: `A key of your choice: sent again with the same request, it replaces no further secret, and the secret is null then. ${REMEMBERED}`,
    }),
  }),
});

builder.mutationField('rotateWebhookSecret', (t) =>
  t.field({
    type: payloadWithSecret('RotateWebhookSecretPayload', 'The webhook, and its new secret.'),
    description:
      'Gives a webhook a new secret. For some hours messages are signed with the old one too, so that receivers can change over.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError, ResourceError],
      union: { name: 'RotateWebhookSecretResult', description: 'The new secret, or why there is none.' },
    },
    args: { input: t.arg({ type: RotateWebhookSecretInput, description: 'Whose secret to replace.' }) },
    resolve: (_root, { input }, ctx) => rotateWebhookSecret(ctx, { ...input, webhookId: webhookId(input) }),
  }),
);

const ReplayWebhookInput = builder.inputType('ReplayWebhookInput', {
  description: 'What to send again.',
  fields: (t) => ({
    webhookId: t.id({ description: 'Id of a Webhook.' }),
    after: t.string({
      description:
        'Cursor of an event: what followed it is sent, again where it was sent before. "0" sends all there is; a later place than the webhook\'s own leaves out what is between.',
    }),
  }),
});

builder.mutationField('replayWebhook', (t) =>
  t.field({
    type: payload('ReplayWebhookPayload', 'The webhook, on its way.'),
    description:
      'Sends a webhook what followed a place in the log, in order, and then goes on; enables it if it was disabled.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError],
      union: { name: 'ReplayWebhookResult', description: 'The webhook, or why nothing is sent.' },
    },
    args: { input: t.arg({ type: ReplayWebhookInput, description: 'What to send again.' }) },
    resolve: async (_root, { input }, ctx) => ({
      webhook: await replayWebhook(ctx, { webhookId: webhookId(input), after: input.after }),
    }),
  }),
);
