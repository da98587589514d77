/** The one way in which a transcript comes to be or changes: what is searched is written with it. */
import type { Prisma, Transcript, Video } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { AuditEntry } from '../audit/log/audit.ts';
import { recordTranscript } from './record-transcript.ts';
import { writeSentences } from './search/sentences.sql.ts';

type Told = Pick<AuditEntry, 'message' | 'details'>;
type OfVideo = Pick<Video, 'id' | 'projectId'>;

/**
 * Writes a transcript and what is searched of it, and tells of it, within `tx`. Whoever calls it holds the video, and
 * has seen that it has none and no live run but its own.
 *
 * @param told what the log says, of the row as it is.
 */
export async function storeTranscript(
  tx: Tx,
  actor: Actor,
  video: OfVideo,
  row: Prisma.TranscriptUncheckedCreateInput,
  told: (transcript: Transcript) => Told,
): Promise<Transcript> {
  const transcript = await tx.transcript.create({ data: row });
  await writeSentences(tx, transcript);
  await recordTranscript(tx, actor, video, transcript, told(transcript));
  return transcript;
}

/** Changes what a transcript says, and what is searched of it, and tells of it; within `tx`, whose caller holds the video. */
export async function changeTranscript(
  tx: Tx,
  actor: Actor,
  video: OfVideo,
  id: string,
  data: Prisma.TranscriptUncheckedUpdateInput,
  told: Told,
): Promise<Transcript> {
  const transcript = await tx.transcript.update({
    where: { id },
    data: { ...data, version: { increment: 1 } },
  });
  await writeSentences(tx, transcript);
  await recordTranscript(tx, actor, video, transcript, told);
  return transcript;
}
