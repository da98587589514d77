/** In which order moments are listed. */
import { z } from 'zod';
import type { Moment, Prisma } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { notACursor, type Order, orderBy, type Side } from '../../graphql/order.ts';

type MomentsOrder = Order<Moment, Prisma.MomentWhereInput, Prisma.MomentOrderByWithRelationInput>;

export const MomentOrderEnum = builder.enumType('MomentOrder', {
  description: 'In which order moments are listed.',
  values: {
    TIME: { description: 'As they are in the video.' },
    SCORE: { description: 'The best first, those without a score last.' },
  } as const,
});

/** With the field's name, so that it fits no other order. */
const shape = z.tuple([z.literal('score'), z.number().nullable(), z.uuid()]);

const byScore: MomentsOrder = {
  cursor: ({ score, id }) => Buffer.from(JSON.stringify(['score', score, id])).toString('base64url'),
  past(cursor, side) {
    const [, score, id] = decode(cursor, side);
    const beside = { score, id: { [side === 'after' ? 'gt' : 'lt']: id } };
    if (side === 'after')
      return score === null ? beside : { OR: [{ score: { lt: score } }, { score: null }, beside] };
    return { OR: [{ score: score === null ? { not: null } : { gt: score } }, beside] };
  },
  by: (backward) =>
    backward
      ? [{ score: { sort: 'asc', nulls: 'first' } }, { id: 'desc' }]
      : [{ score: { sort: 'desc', nulls: 'last' } }, { id: 'asc' }],
  sql: {
    past: () => {
      throw new Error('No statement by hand orders moments by their score.');
    },
    by: () => {
      throw new Error('No statement by hand orders moments by their score.');
    },
  },
};

function decode(cursor: string, side: Side): z.infer<typeof shape> {
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    // Neither JSON nor a place: no list of this order gave it out.
    throw notACursor(side);
  }
}

/** What lists of moments are ordered by, by the word of the enum. */
export const MOMENT_ORDERS: Readonly<Record<typeof MomentOrderEnum.$inferType, MomentsOrder>> = {
  TIME: orderBy('startTime', 'asc'),
  SCORE: byScore,
};
