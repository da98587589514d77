import { requireId } from '../../core/ids.ts';
import type { Prisma, WebhookDelivery } from '../../generated/prisma/client.ts';
import { WebhookDeliveryStatus, WebhookErrorCode, WebhookStatus } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { connectionOf, nodeQuery } from '../../graphql/connection.ts';
import { pageOf } from '../../graphql/page-of.ts';
import { orderBySequence } from '../../graphql/sequence-order.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { visibleEntries } from '../audit/log/audit.ts';
import { Event, EventTypeEnum } from '../audit/event.graphql.ts';
import type { EventType } from '../audit/log/event-types.ts';
import { visibleDeliveries, visibleWebhooks } from './webhook.ts';

const WebhookStatusEnum = prismaEnum('WebhookStatus', WebhookStatus);
const WebhookDeliveryStatusEnum = prismaEnum('WebhookDeliveryStatus', WebhookDeliveryStatus);

const WebhookErrorCodeEnum = prismaEnum('WebhookErrorCode', WebhookErrorCode);

const DeliveryNode = builder.prismaNode('WebhookDelivery', {
  id: { field: 'id', description: 'Its one id everywhere: `webhook_delivery_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleDeliveries(actor)] }),
  fields: (t) => ({
    cursor: t.string({
      description: 'Place of the event in the log.',
      select: { sequence: true },
      resolve: ({ sequence }) => String(sequence),
    }),
    type: t.field({
      type: EventTypeEnum,
      description: 'Type of the event.',
      select: { type: true },
      resolve: ({ type }) => type as EventType,
    }),
    event: t.field({
      type: Event,
      nullable: true,
      description: 'The event that was sent; null once the log has forgotten it.',
      select: { entryId: true, sequence: true },
      resolve: async ({ entryId, sequence }, _args, { db, actor }) => {
        const entry = await db.auditLog.findUnique({
          where: { id: entryId, AND: [visibleEntries(actor)] },
        });
        return entry && { ...entry, sequence };
      },
    }),
    status: t.expose('status', { type: WebhookDeliveryStatusEnum }),
    attempts: t.exposeInt('attempts'),
    responseStatus: t.exposeInt('responseStatus', { nullable: true }),
    errorCode: t.expose('errorCode', { type: WebhookErrorCodeEnum, nullable: true }),
    errorMessage: t.exposeString('errorMessage', { nullable: true }),
    durationMilliseconds: t.exposeInt('durationMilliseconds'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    lastAttemptAt: t.expose('lastAttemptAt', { type: 'DateTime' }),
  }),
});

type DeliveryWhere = Prisma.WebhookDeliveryWhereInput;

const latestFirst = orderBySequence<WebhookDelivery, DeliveryWhere, object>('desc');

/** No field of it tells a secret. */
export const WebhookNode = builder.prismaNode('Webhook', {
  id: { field: 'id', description: 'Its one id everywhere: `webhook_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleWebhooks(actor)] }),
  fields: (t) => ({
    url: t.exposeString('url'),
    events: t.field({
      type: [EventTypeEnum],
      nullable: true,
      description: 'Types of events it is sent; null if all of them.',
      resolve: ({ events }) => (events.length === 0 ? null : (events as EventType[])),
    }),
    document: t.exposeString('document'),
    status: t.expose('status', { type: WebhookStatusEnum }),
    disabledReason: t.exposeString('disabledReason', { nullable: true }),
    cursor: t.string({
      description:
        'Place in the log up to which everything was delivered, or was of no type it is sent; for `replayWebhook`.',
      resolve: ({ cursor }) => String(cursor),
    }),
    failures: t.exposeInt('failures'),
    failingSince: t.expose('failingSince', { type: 'DateTime', nullable: true }),
    nextAttemptAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the event that failed is tried again; null if none waits.',
      // Of a webhook that does not fail, it is what workers tell each other.
      resolve: ({ nextAttemptAt, failures, status }) =>
        failures > 0 && status === 'ENABLED' ? nextAttemptAt : null,
    }),
    version: t.exposeInt('version'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    deliveries: t.connection(
      {
        type: DeliveryNode,
        description: 'What it was sent in the last 30 days, latest event first.',
        args: {
          status: t.arg({
            type: WebhookDeliveryStatusEnum,
            required: false,
            description: 'Only those that went so.',
          }),
        },
        resolve: ({ id: webhookId }, args, ctx, info) => {
          const where: DeliveryWhere = { AND: [{ webhookId }, args.status ? { status: args.status } : {}] };
          return connectionOf(latestFirst, args, where, {
            rows: (query) => ctx.db.webhookDelivery.findMany({ ...nodeQuery(ctx, info), ...query }),
            counted: ctx.db.webhookDelivery,
          });
        },
      },
      {
        name: 'WebhookDeliveryConnection',
        description: 'A page of deliveries, latest event first.',
      },
      { name: 'WebhookDeliveryEdge', description: 'A delivery and its place in the list.' },
    ),
  }),
});

const pageOfWebhooks = pageOf('Webhook', { visible: visibleWebhooks });

builder.queryFields((t) => ({
  webhook: t.prismaField({
    type: WebhookNode,
    nullable: true,
    description: 'A webhook by its id; null if there is none or it is not yours.',
    args: { id: t.arg.id({ description: 'Id of a Webhook.' }) },
    resolve: (query, _root, { id }, { db, actor }) =>
      db.webhook.findUnique({
        ...query,
        where: { id: requireId('Webhook', id, ['id']), AND: [visibleWebhooks(actor)] },
      }),
  }),
  webhooks: t.connection(
    {
      type: WebhookNode,
      description: 'Your webhooks, newest first.',
      resolve: (_root, args, ctx, info) => pageOfWebhooks(ctx, info, args),
    },
    { name: 'WebhookConnection', description: 'A page of webhooks, newest first.' },
    { name: 'WebhookEdge', description: 'A webhook and its place in the list.' },
  ),
}));
