import type { Prisma } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { connectionOf, type PageArgs } from '../../graphql/connection.ts';
import type { ApiContext } from '../../graphql/context.ts';
import { notACursor, type Order } from '../../graphql/order.ts';
import { visibleEntries } from './audit.ts';
import { ChangeEvent } from './event.graphql.ts';
import { cursorOf } from './live-event.graphql.ts';
import type { NumberedEntry } from './numbered-entry.ts';

type Where = Prisma.AuditLogWhereInput;

export const ChangeEventConnection = builder.connectionObject(
  { type: ChangeEvent, name: 'ChangeEventConnection', description: 'A page of the log, oldest first.' },
  { name: 'ChangeEventEdge', description: 'A change and its place in the log.' },
);

/** The log's own order; its cursors are those of the subscriptions. */
const logOrder: Order<NumberedEntry, Where, Prisma.AuditLogOrderByWithRelationInput> = {
  cursor: cursorOf,
  past(cursor, side) {
    if (!/^\d{1,18}$/.test(cursor)) throw notACursor(side);
    return { sequence: { [side === 'after' ? 'gt' : 'lt']: BigInt(cursor) } };
  },
  by: (backward) => [{ sequence: backward ? 'desc' : 'asc' }],
};

/** A page of the actor's changes that meet `where`. */
export function pageOfEvents({ db, actor }: ApiContext, args: PageArgs, where: Where) {
  const mine = { AND: [visibleEntries(actor), where, { sequence: { not: null } }] };
  return connectionOf(logOrder, args, mine, {
    rows: async (query) => (await db.auditLog.findMany(query)) as NumberedEntry[],
    counted: db.auditLog,
  });
}
