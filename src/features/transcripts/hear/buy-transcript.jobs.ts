/** The step that has a chunk of a video's sound heard, for money. */
import { z } from 'zod';
import { DomainError } from '../../../core/errors.ts';
import type { PipelineRun, TranscriptChunk } from '../../../generated/prisma/client.ts';
import { writeSpeech } from '../../../media/sound/write-speech.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { HeardTranscript } from '../../../providers/capabilities/transcript.ts';
import { type Receipt, receiptOf } from '../../../providers/price.ts';
import { requireCapability } from '../../../providers/registry.ts';
import { toMilliseconds } from '../../../subtitles/cue.ts';
import { spreadWords } from '../../../subtitles/words/spread-words.ts';
import { type Intent, isFree, type Purchase } from '../../budget/reservation.ts';
import { spend } from '../../budget/spend.ts';
import { refuseModels } from '../../runs/engine/ask-models.ts';
import { takeRateSlot } from '../../runs/engine/rate-slot.ts';
import { reserve } from '../../runs/engine/reserve.ts';
import { settleCall } from '../../runs/engine/settle-call.ts';
import { defineStep, type WorkCtx } from '../../runs/engine/step.ts';
import { EAR, heardColumns, type StoredHearing } from './chunk-rows.ts';
import { finishHearing } from './finish-hearing.ts';

const chunkInput = z.object({ chunkId: z.uuid() });
type ChunkInput = z.infer<typeof chunkInput>;

/** Answers that are paid for one chunk while none is of use; ours. */
const MOST_IN_VAIN = 3;

/** Seconds a model has to hear a chunk: half an hour took 69. */
const HEAR_LIMIT_SECONDS = 300;

type Prepared = { chunk: TranscriptChunk; filePath: string; purchase: Purchase; takesSilence: boolean };
type Answer = { chunk: TranscriptChunk; purchase: Purchase; receipt: Receipt; heard: StoredHearing };

/** What the ledger calls the purchases of a chunk. */
export const chunkSubject = (chunkId: string): string => `transcript:${chunkId}`;

/**
 * Has one chunk heard and keeps its words; the last one makes the transcript. An empty answer is asked for once more, and is silence
 * then; what nobody knows the outcome of is not asked for again by itself.
 */
export const buyTranscriptStep = defineStep<ChunkInput, Prepared, Answer>({
  name: 'buy-transcript',
  input: chunkInput,
  key: ({ chunkId }) => chunkSubject(chunkId),
  retryPolicy: { limit: 6, delaySeconds: 1 },

  buys: {
    call: 'TRANSCRIPT',
    async ask() {
      const standing = await requireCapability(EAR, 'TRANSCRIPT').askForModel?.();
      refuseModels(standing ? [standing] : []);
    },
    isFree: ({ purchase }) => isFree(purchase),
    acceptLate: (tx, ctx, run, _prepared, answer) => keep(tx, ctx, run, answer),
    bill: (tx, ctx, run, _input, { purchase, receipt }) =>
      settleCall(tx, ctx, run, 'TRANSCRIPT', purchase, receipt),
  },

  async begin(tx, _ctx, run, { chunkId }) {
    const chunk = await tx.transcriptChunk.findUnique({
      where: { id: chunkId },
      include: { video: { select: { filePath: true } } },
    });
    if (chunk?.status !== 'PENDING') return null;
    const inVain = await tx.ledgerEntry.count({
      where: { subject: chunkSubject(chunkId), runId: run.id, kind: 'SETTLE' },
    });
    requireTry(inVain);
    await takeRateSlot(tx, run, EAR, 'TRANSCRIPT');
    const purchase = await reserve(tx, run, intentOf(chunk));
    const { video, ...row } = chunk;
    return { chunk: row, filePath: video.filePath, purchase, takesSilence: inVain > 0 };
  },

  work: hear,

  finish: (tx, ctx, run, _input, answer) => keep(tx, ctx, run, answer),

  async fail(tx, _ctx, _run, { chunkId }, { code, message }) {
    await tx.transcriptChunk.updateMany({
      where: { id: chunkId, status: 'PENDING' },
      data: { status: 'FAILED', errorCode: code, errorMessage: message },
    });
  },
});

function requireTry(inVain: number): void {
  if (inVain < MOST_IN_VAIN) return;
  const message = `${MOST_IN_VAIN} answers were paid for, and none had what is said in it.`;
  throw new DomainError('PROVIDER_FAILED', message);
}

const intentOf = ({ id, startSeconds, endSeconds }: TranscriptChunk): Intent => ({
  provider: EAR,
  call: 'TRANSCRIPT',
  quote: requireCapability(EAR, 'TRANSCRIPT').quote({ durationSeconds: endSeconds - startSeconds }),
  subject: chunkSubject(id),
});

async function hear(
  ctx: WorkCtx,
  { chunk, filePath, purchase, takesSilence }: Prepared,
  signal: AbortSignal,
): Promise<Answer> {
  const ear = requireCapability(EAR, 'TRANSCRIPT');
  const { startSeconds, endSeconds, language, hasSpeakers } = chunk;
  const begun = performance.now();
  const told = await spend(ctx, { purchase, signal, limitSeconds: HEAR_LIMIT_SECONDS }, (pay) =>
    ctx.storage.withFiles([filePath], ([file = '']) =>
      ctx.storage.withTemporary('m4a', async (soundFile) => {
        await writeSpeech({ file, toFile: soundFile, startSeconds, endSeconds }, { signal });
        const request = {
          soundFile,
          durationSeconds: endSeconds - startSeconds,
          ...(language !== null && { languages: [language] }),
          speakers: hasSpeakers,
          takesSilence,
        };
        return pay((reservation, options) => ear.call(request, reservation, options));
      }),
    ),
  );
  const seconds = (performance.now() - begun) / 1_000;
  return { chunk, purchase, receipt: receiptOf(told), heard: { ...wordsIn(chunk, told), seconds } };
}

/** On the video's clock. Of a text without times each word gets its share of the chunk. */
function wordsIn(
  { startSeconds: offset, endSeconds, language: asked }: TranscriptChunk,
  { words, text, language, heardBy, cut, guessedWords = 0 }: HeardTranscript,
): Omit<StoredHearing, 'seconds'> {
  const isSpread = words.length === 0 && text.trim() !== '';
  const length = endSeconds - offset;
  const said = isSpread
    ? spreadWords([{ startSeconds: 0, endSeconds: length, text }], asked ?? language ?? undefined)
    : words;
  return {
    words: said.map((word) => ({
      word: word.word,
      start: toMilliseconds(offset + word.startSeconds),
      end: toMilliseconds(offset + word.endSeconds),
      ...(word.speaker !== undefined && { speaker: word.speaker }),
    })),
    isSpread,
    language,
    heardBy,
    cut,
    guessedWords,
  };
}

/** Books it, and writes what was heard unless the chunk is gone or was heard meanwhile. */
async function keep(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  { chunk, purchase, receipt, heard }: Answer,
): Promise<void> {
  await settleCall(tx, ctx, run, 'TRANSCRIPT', purchase, receipt);
  const { count } = await tx.transcriptChunk.updateMany({
    where: { id: chunk.id, status: { not: 'ANSWERED' } },
    data: heardColumns(heard),
  });
  if (count > 0) await finishHearing(tx, ctx.actor, chunk.videoId);
}
