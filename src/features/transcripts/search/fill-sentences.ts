import type { Ctx } from '../../../platform/context.ts';
import { lockVideoRow } from '../../videos/video.sql.ts';
import { findUnwritten, writeSentences } from './sentences.sql.ts';

/** Transcripts that are looked up at a time. */
const AT_ONCE = 20;

/**
 * Writes what is searched of transcripts that are older than the search, each in a transaction of its own. A migration that has all read
 * anew has only to empty `transcript_sentences`.
 *
 * @returns how many transcripts were written.
 */
export async function fillSentences({ db }: Ctx, signal?: AbortSignal): Promise<number> {
  let filled = 0;
  for (;;) {
    const found = await findUnwritten(db, AT_ONCE);
    let written = 0;
    for (const { id } of found) {
      if (signal?.aborted) return filled;
      written += await fill(db, id);
    }
    filled += written;
    // Where none could be, another process is at it, or a transcript is not as it should be: the next round sees.
    if (written === 0) return filled;
  }
}

const fill = (db: Ctx['db'], id: string): Promise<number> =>
  db.$transaction(async (tx) => {
    const found = await tx.transcript.findUnique({ where: { id }, select: { videoId: true } });
    if (!found) return 0;
    // Corrections hold it, too.
    await lockVideoRow(tx, found.videoId);
    const transcript = await tx.transcript.findUnique({ where: { id } });
    if (!transcript || (await tx.transcriptSentence.count({ where: { transcriptId: id } })) > 0) return 0;
    await writeSentences(tx, transcript);
    return 1;
  });
