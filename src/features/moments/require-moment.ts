import { DomainError } from '../../core/errors.ts';
import type { Moment, PrismaClient } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import { visibleClips } from './clip.ts';
import { visibleMoments } from './moment.ts';

/**
 * Finds a moment of the actor's.
 *
 * @param path of the input that names it; `momentId` unless given.
 * @throws {DomainError} `NOT_FOUND`
 */
export async function requireMoment(
  db: Pick<PrismaClient, 'moment'>,
  actor: Actor,
  id: string,
  path: string[] = ['momentId'],
): Promise<Moment> {
  const found = await db.moment.findUnique({ where: { id, AND: [visibleMoments(actor)] } });
  if (!found) throw new DomainError('NOT_FOUND', 'No such moment.', { path });
  return found;
}

/**
 * Id of the moment that a clip of the actor's shows.
 *
 * @throws {DomainError} `NOT_FOUND`, naming `clipId`.
 */
export async function momentOfClip(
  db: Pick<PrismaClient, 'clip'>,
  actor: Actor,
  id: string,
): Promise<string> {
  const clip = await db.clip.findUnique({
    where: { id, AND: [visibleClips(actor)] },
    select: { momentId: true },
  });
  if (!clip) throw new DomainError('NOT_FOUND', 'No such clip.', { path: ['clipId'] });
  return clip.momentId;
}
