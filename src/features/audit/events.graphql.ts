import type { Prisma } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { notACursor, type Order } from '../../graphql/order.ts';
import { pageOf } from '../../graphql/page-of.ts';
import { visibleEntries } from './audit.ts';
import { ChangeEvent } from './event.graphql.ts';
import { cursorOf } from './live-event.graphql.ts';
import type { NumberedEntry } from './numbered-entry.ts';
import { positionOf } from './read-log.ts';

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

const page = pageOf<'AuditLog', NumberedEntry>('AuditLog', {
  visible: (actor) => ({ ...visibleEntries(actor), sequence: { not: null } }),
  order: logOrder,
  whole: true,
});

/**
 * A page of the actor's changes that meet `where`, oldest first.
 *
 * @throws {DomainError} `CURSOR_EXPIRED` if the log no longer reaches back to `after`, or never came as far: begin anew.
 */
export const pageOfEvents: typeof page = async (ctx, info, args, where) => {
  if (args.after) await positionOf(ctx, args.after);
  return page(ctx, info, args, where);
};
