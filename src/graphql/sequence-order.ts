import { Prisma } from '../generated/prisma/client.ts';
import { type Direction, notACursor, type Order, type Side } from './order.ts';

/**
 * Orders what is told of the log's entries as the log does; its cursors are those of the log, of subscriptions and of
 * webhooks. An order of its own: a cursor that others read has to stay a plain number.
 */
export function orderBySequence<Row extends { sequence: bigint }, Where, OrderBy>(
  direction: Direction,
): Order<Row, Where, OrderBy> {
  const isRising = (side: Side) => (direction === 'asc') === (side === 'after');
  const way = (backward: boolean) => ((direction === 'asc') === backward ? 'desc' : 'asc');
  return {
    cursor: ({ sequence }) => String(sequence),
    past: (cursor, side) =>
      ({ sequence: { [isRising(side) ? 'gt' : 'lt']: placeOf(cursor, side) } }) as Where,
    by: (backward) => [{ sequence: way(backward) }] as OrderBy[],
    sql: {
      past: (cursor, side, alias) =>
        Prisma.sql`${Prisma.raw(`"${alias}".sequence ${isRising(side) ? '>' : '<'}`)} ${placeOf(cursor, side)}`,
      by: (backward, alias) => Prisma.raw(`"${alias}".sequence ${way(backward)}`),
    },
  };
}

function placeOf(cursor: string, side: Side): bigint {
  if (!/^\d{1,18}$/.test(cursor)) throw notACursor(side);
  return BigInt(cursor);
}
