/** The order of what was found: what fits best first, then the newest transcript, then as it is said. */
import { z } from 'zod';
import { Prisma } from '../../../generated/prisma/client.ts';
import type { PageArgs } from '../../../graphql/connection.ts';
import { notACursor, type Order, type Side } from '../../../graphql/order.ts';
import type { Found } from './search.sql.ts';

/** The word is there so that it fits no other list; then whether words are guessed, and the place. */
const shape = z.tuple([
  z.literal('said'),
  z.boolean(),
  z.number().nonnegative(),
  z.uuid(),
  z.int32().nonnegative(),
]);

/** Whether a page begins or ends at a place among guesses; null without a place. @throws {InvalidInputError} if it is none of this list. */
export function isAmongGuesses({ after, before }: PageArgs): boolean | null {
  if (after != null) return decode(after, 'after')[1];
  return before == null ? null : decode(before, 'before')[1];
}

/** @param isGuess whether words are guessed. */
export const foundOrder = <Row extends Found>(isGuess: boolean): Order<Row, Prisma.Sql, Prisma.Sql> => ({
  cursor: ({ rank, transcriptId, sentenceIndex }) =>
    Buffer.from(JSON.stringify(['said', isGuess, rank, transcriptId, sentenceIndex])).toString('base64url'),
  past(cursor, side) {
    const [, , rank, transcriptId, index] = decode(cursor, side);
    const [less, more] = (side === 'after' ? ['<', '>'] : ['>', '<']).map((sign) => Prisma.raw(sign));
    return Prisma.sql`(rank ${less} ${rank}::float8 OR (rank = ${rank}::float8
      AND (transcript_id ${less} ${transcriptId}::uuid
        OR (transcript_id = ${transcriptId}::uuid AND sentence_index ${more} ${index}::int))))`;
  },
  by(backward) {
    const [falling, rising] = backward ? ['ASC', 'DESC'] : ['DESC', 'ASC'];
    return [Prisma.raw(`rank ${falling}, transcript_id ${falling}, sentence_index ${rising}`)];
  },
  // Every statement of it is written by hand.
  sql: { past: () => Prisma.empty, by: () => Prisma.empty },
});

function decode(cursor: string, side: Side): z.infer<typeof shape> {
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    // Neither JSON nor a place: no list of this kind gave it out.
    throw notACursor(side);
  }
}
