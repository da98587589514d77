import type { GraphQLResolveInfo } from 'graphql';
import type { AuditLog, Prisma } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { connectionOf, nodeQuery, type PageArgs } from '../../graphql/connection.ts';
import type { ApiContext } from '../../graphql/context.ts';
import { notACursor, type Order } from '../../graphql/order.ts';
import { AuditLogNode, cursorOf } from './audit-log.graphql.ts';
import { visibleEntries } from './audit.ts';

type Where = Prisma.AuditLogWhereInput;

export const AuditLogConnection = builder.connectionObject(
  { type: AuditLogNode, name: 'AuditLogConnection', description: 'A page of the log, oldest first.' },
  { name: 'AuditLogEdge', description: 'An entry and its place in the log.' },
);

/** The log's own order; its cursors are those of the subscriptions. */
const logOrder: Order<AuditLog, Where, Prisma.AuditLogOrderByWithRelationInput> = {
  cursor: cursorOf,
  past(cursor, side) {
    if (!/^\d{1,18}$/.test(cursor)) throw notACursor(side);
    return { sequence: { [side === 'after' ? 'gt' : 'lt']: BigInt(cursor) } };
  },
  by: (backward) => [{ sequence: backward ? 'desc' : 'asc' }],
};

/** A page of the actor's log entries that meet `where`. */
export function pageOfEvents(ctx: ApiContext, info: GraphQLResolveInfo, args: PageArgs, where: Where) {
  const mine = { AND: [visibleEntries(ctx.actor), where, { sequence: { not: null } }] };
  return connectionOf(logOrder, args, mine, {
    rows: (query) => ctx.db.auditLog.findMany({ ...nodeQuery(ctx, info), ...query }),
    count: (all) => ctx.db.auditLog.count({ where: all }),
  });
}
