import { DomainError } from '../../core/errors.ts';
import type { PrismaClient, Transcript } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import { visibleTranscripts } from './transcript.ts';

/**
 * Finds a transcript of the actor's.
 *
 * @throws {DomainError} `NOT_FOUND`, naming `transcriptId`.
 */
export async function requireTranscript(
  db: Pick<PrismaClient, 'transcript'>,
  actor: Actor,
  id: string,
): Promise<Transcript> {
  const found = await db.transcript.findUnique({ where: { id, AND: [visibleTranscripts(actor)] } });
  if (!found) throw new DomainError('NOT_FOUND', 'No such transcript.', { path: ['transcriptId'] });
  return found;
}
