/** A transcript of subtitles that somebody has. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { DomainError, InvalidInputError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { Prisma, Transcript } from '../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { counted } from '../../core/counted.ts';
import { readTalkBoxed } from '../../subtitles/child/read-boxed.ts';
import { LIMITS } from '../../subtitles/limits.ts';
import { SubtitlesRefused } from '../../subtitles/problem.ts';
import type { SubtitledVideo } from '../../subtitles/words/words-of-cues.ts';
import { makeOnce } from '../idempotency/make-once.ts';
import { refuseSecond } from '../runs/run.ts';
import { lockVideo, requireVideo } from '../videos/lock-video.ts';
import { languageTag, UNKNOWN_LANGUAGE } from './language-tag.ts';
import { refusalOf } from './refusal-of.ts';
import { storeTranscript } from './store-transcript.ts';
import { columnsOf } from './text-columns.ts';

export type NewTranscript = {
  videoId: string;
  /** Subtitles of any kind that is read. */
  file: File;
  /** Tag of the language; null where nobody knows. */
  language?: string | null | undefined;
  /** Asked again with it, the same transcript is the answer. */
  idempotencyKey?: string | null | undefined;
};

/**
 * Makes the transcript of a video from subtitles: their words, with times that the file has or with their share of the
 * cue's, and the sentences they make. The file itself is not kept. Costs nothing.
 *
 * @returns the transcript, and what of the file was mended or left out, in sentences for a person.
 * @throws {InvalidInputError} naming `file`, with the line and the reason, or `language`.
 * @throws {DomainError} `NOT_FOUND`; `TRANSCRIPT_EXISTS`; `RUN_IN_PROGRESS`: a run works on the video; as `makeOnce`.
 */
export async function createTranscript(
  ctx: Ctx,
  { videoId, file, language: given, idempotencyKey = null }: NewTranscript,
): Promise<{ transcript: Transcript; warnings: string[] }> {
  const language = languageTag(given);
  const { durationSeconds } = await requireVideo(ctx.db, ctx.actor, videoId);
  const began = performance.now();
  const { talk, sha256 } = await readFile(ctx, file, { language: language ?? undefined, durationSeconds });
  const tag = language ?? UNKNOWN_LANGUAGE;
  const row = {
    id: newId(),
    videoId,
    ...columnsOf(talk),
    language: tag,
    transcriptionService: 'SUBTITLES' as const,
    isSpread: talk.isSpread,
    processingTimeSeconds: (performance.now() - began) / 1_000,
  };
  const asked = { createTranscript: videoId, language: tag, sha256 };
  const transcript = await makeOnce(
    ctx,
    { asked, key: idempotencyKey },
    {
      make: (tx) => insertTranscript(tx, ctx.actor, row),
      find: (tx, madeId) => tx.transcript.findUnique({ where: { id: madeId } }),
    },
  );
  return { transcript, warnings: talk.warnings };
}

/** Reads what came from outside in a process of its own. */
async function readFile({ storage }: Ctx, file: File, video: SubtitledVideo) {
  if (file.size > LIMITS.fileBytes) {
    const message = `May have at most ${LIMITS.fileBytes / 1_000_000} MB: no subtitles have more.`;
    throw new InvalidInputError([{ path: ['file'], message }]);
  }
  const bytes = Buffer.from(await file.arrayBuffer());
  try {
    const talk = await storage.withTemporary('subtitles', async (kept) => {
      await writeFile(kept, bytes);
      return readTalkBoxed(kept, { ...video, fileName: file.name });
    });
    return { talk, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    throw error instanceof SubtitlesRefused ? refusalOf(error) : error;
  }
}

async function insertTranscript(
  tx: Tx,
  actor: Actor,
  row: Prisma.TranscriptUncheckedCreateInput,
): Promise<Transcript> {
  const { videoId } = row;
  const video = await lockVideo(tx, actor, videoId);
  await refuseSecond(tx, { type: 'Video', id: videoId });
  if ((await tx.transcript.count({ where: { videoId } })) > 0) {
    const message =
      'The video has a transcript already; delete it with deleteTranscript, and what was found with it, to make another.';
    throw new DomainError('TRANSCRIPT_EXISTS', message, { path: ['videoId'] });
  }
  return storeTranscript(tx, actor, video, row, ({ language, numberOfWords }) => ({
    message: `"${video.title}" has a transcript: ${counted(numberOfWords, 'word')} of subtitles.`,
    details: { from: null, to: 'SUBTITLES', language, numberOfWords },
  }));
}
