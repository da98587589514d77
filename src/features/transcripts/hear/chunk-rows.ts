/** The chunks of a video's sound that are bought to be heard: what is laid out, what is open, what was heard. */
import { z } from 'zod';
import { newId } from '../../../core/ids.ts';
import type { Prisma, TranscriptChunk } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { storedWords } from '../transcript.ts';
import type { Stretch } from './plan-chunks.ts';

/** Who is paid for hearing. */
export const EAR = 'GOOGLE' as const;

/** What a chunk keeps of its answer. */
export const storedHearing = z.object({
  words: storedWords,
  /** Whether times of words are their share of the chunk's: the model gave none. */
  isSpread: z.boolean(),
  language: z.string().nullable(),
  heardBy: z.string(),
  /** Why the answer ended before its time. */
  cut: z.string().nullable(),
  /** Words whose times were none. */
  guessedWords: z.number(),
  /** That it took to buy. */
  seconds: z.number(),
});
export type StoredHearing = z.infer<typeof storedHearing>;

export type HearingOptions = {
  /** Tag of the language that is spoken; null where the model is to hear which. */
  language: string | null;
  /** Whether speakers are told apart. */
  hasSpeakers: boolean;
};

/** Writes down what is to be heard, once: nothing where a video's chunks are there already. */
export async function layOutChunks(
  tx: Tx,
  videoId: string,
  chunks: readonly Stretch[],
  { language, hasSpeakers }: HearingOptions,
): Promise<void> {
  if ((await tx.transcriptChunk.count({ where: { videoId } })) > 0) return;
  await tx.transcriptChunk.createMany({
    data: chunks.map((chunk, chunkIndex) => ({
      id: newId(),
      videoId,
      chunkIndex,
      ...chunk,
      language,
      hasSpeakers,
    })),
  });
}

/**
 * Where the hearing of a video stands, by its rows alone:
 * - `NOT_LAID_OUT`: nobody has said yet what is to be heard, or nothing is: {@link layOutChunks} with no chunk writes none.
 * - `OPEN`: `chunkIds` are to be heard, in order.
 * - `FAILED`: some could not be heard, and no other is open; `problem` is that of the first.
 * - `SILENT`: all were heard, and no word was said.
 * - `DONE`: there is a transcript.
 */
export type Hearing =
  | { state: 'NOT_LAID_OUT' | 'SILENT' | 'DONE' }
  | { state: 'OPEN'; chunkIds: string[]; heard: number; all: number }
  | { state: 'FAILED'; problem: { code: string; message: string }; heard: number; all: number };

/** Where the hearing of a video stands. Reads no words. */
export async function hearingOf(tx: Tx, videoId: string): Promise<Hearing> {
  if ((await tx.transcript.count({ where: { videoId } })) > 0) return { state: 'DONE' };
  const chunks = await tx.transcriptChunk.findMany({
    where: { videoId },
    orderBy: { chunkIndex: 'asc' },
    select: { id: true, status: true, errorCode: true, errorMessage: true },
  });
  if (chunks.length === 0) return { state: 'NOT_LAID_OUT' };
  const counts = { heard: chunks.filter(({ status }) => status === 'ANSWERED').length, all: chunks.length };
  const open = chunks.filter(({ status }) => status === 'PENDING');
  if (open.length > 0) return { state: 'OPEN', chunkIds: open.map(({ id }) => id), ...counts };
  const failed = chunks.find(({ status }) => status === 'FAILED');
  if (!failed) return { state: 'SILENT' };
  const problem = { code: failed.errorCode ?? 'INTERNAL', message: failed.errorMessage ?? '' };
  return { state: 'FAILED', problem, ...counts };
}

/** Gives chunks that could not be heard another chance: for a run that is new, or was resumed. What was heard stays. */
export async function pickUpChunks(tx: Tx, videoId: string): Promise<void> {
  await tx.transcriptChunk.updateMany({
    where: { videoId, status: 'FAILED' },
    data: { status: 'PENDING', errorCode: null, errorMessage: null },
  });
}

/** Forgets what was laid out and heard of a video: another source has its words. */
export async function forgetChunks(tx: Tx, videoId: string): Promise<void> {
  await tx.transcriptChunk.deleteMany({ where: { videoId } });
}

/** What was heard of a chunk. */
export const hearingIn = ({ heard }: Pick<TranscriptChunk, 'heard'>): StoredHearing =>
  storedHearing.parse(heard);

/** The columns of a chunk that was heard. */
export const heardColumns = (heard: StoredHearing) =>
  ({
    status: 'ANSWERED',
    heard,
    errorCode: null,
    errorMessage: null,
  }) satisfies Prisma.TranscriptChunkUncheckedUpdateInput;
