import { InvalidInputError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { Moment, Prisma } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { identifierOf } from '../videos/video.ts';
import { recordMoment, type Told, type Where } from './record-moment.ts';

/** Columns of a new moment; its short name is made of its title unless given. */
export type NewRow = Omit<Prisma.MomentUncheckedCreateInput, 'id' | 'videoId' | 'identifier'> & {
  identifier?: string | undefined;
};

/**
 * Adds a moment to a video and tells of it, within `tx`, whoever found it: a person, or a run that does. Whoever calls it
 * holds the video.
 *
 * @param told what the log says, of the row as it is.
 * @throws {InvalidInputError} naming `identifier` if another moment has it.
 */
export async function insertMoment(
  tx: Tx,
  actor: Actor,
  where: Where,
  { identifier, ...columns }: NewRow,
  told: (moment: Moment) => Told,
): Promise<Moment> {
  const id = newId();
  if (identifier !== undefined && (await tx.moment.count({ where: { identifier } })) > 0)
    throw new InvalidInputError([{ path: ['identifier'], message: 'Is taken by another moment.' }]);
  const name = identifier ?? identifierOf({ id, title: columns.title }, 'moment');
  const moment = await tx.moment.create({
    data: { ...columns, id, videoId: where.video.id, identifier: name },
  });
  await recordMoment(tx, actor, where, moment, told(moment));
  return moment;
}
