import { builder } from '../../graphql/builder.ts';
import { pageOf } from '../../graphql/page-of.ts';
import { orderBySequence } from '../../graphql/sequence-order.ts';
import { visibleEntries } from './log/audit.ts';
import { ChangeEvent } from './event.graphql.ts';
import type { NumberedEntry } from './log/numbered-entry.ts';
import { positionOf } from './live/read-log.ts';

export const ChangeEventConnection = builder.connectionObject(
  { type: ChangeEvent, name: 'ChangeEventConnection', description: 'A page of the log, oldest first.' },
  { name: 'ChangeEventEdge', description: 'A change and its place in the log.' },
);

const page = pageOf<'AuditLog', NumberedEntry>('AuditLog', {
  visible: (actor) => ({ ...visibleEntries(actor), sequence: { not: null } }),
  order: orderBySequence('asc'),
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
