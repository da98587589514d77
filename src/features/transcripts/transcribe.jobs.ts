/** The step that finds out what is said in a video. */
import { z } from 'zod';
import { counted } from '../../core/counted.ts';
import { DomainError, type ErrorCode } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { TranscriptSource, type Video } from '../../generated/prisma/client.ts';
import { defineStep } from '../runs/engine/step.ts';
import { skipStage } from '../runs/skip-stage.ts';
import { talkOf } from '../../subtitles/words/talk.ts';
import { UNKNOWN_LANGUAGE } from './language-tag.ts';
import { hearBest, type HeardFrom } from './sources/hear-best.ts';
import { storeTranscript } from './store-transcript.ts';
import { columnsOf, type TextColumns } from './text-columns.ts';

const transcribeInput = z.object({
  videoId: z.string(),
  /** Null for the best that is to be had. */
  source: z.enum(TranscriptSource).nullable(),
  /** Tag of the language; null where nobody knows. */
  language: z.string().nullable(),
});

export type TranscribeInput = z.infer<typeof transcribeInput>;
type Prepared = Pick<TranscribeInput, 'source' | 'language'> & { video: Video };
type Transcribed =
  | { heard: Omit<HeardFrom, 'words'>; columns: TextColumns; seconds: number }
  /** Why there are no words. */
  | { missing: string };

/** A video may have none, and its run goes on by its shots and its sound. */
const WITHOUT_WORDS: ReadonlySet<ErrorCode> = new Set(['NO_TRANSCRIPT_SOURCE', 'NOTHING_SAID']);

/**
 * Makes the transcript of a video that has none, from a source or from the best that is to be had free of charge. A video that has
 * one keeps it; one that has no words, or none that are to be had, has the stage skipped, unless a source was asked for by name.
 */
export const transcribeStep = defineStep<TranscribeInput, Prepared, Transcribed>({
  name: 'transcribe',
  input: transcribeInput,
  key: ({ videoId }) => `transcribe:${videoId}`,
  retryPolicy: { limit: 1, delaySeconds: 1 },

  async begin(tx, _ctx, _run, { videoId, source, language }) {
    if ((await tx.transcript.count({ where: { videoId } })) > 0) return null;
    const video = await tx.video.findUnique({ where: { id: videoId } });
    return video && { video, source, language: language ?? video.language };
  },

  async work(ctx, asked, signal, tell) {
    const began = performance.now();
    const onProgress = (share: number) => tell('TRANSCRIBE', share, 'Hearing what is said.');
    const found = await hearBest(ctx, asked, { signal, onProgress }).catch((error: unknown) => {
      if (asked.source === null && error instanceof DomainError && WITHOUT_WORDS.has(error.code))
        return error.message;
      throw error;
    });
    if (typeof found === 'string') return { missing: found };
    const { words, ...heard } = found;
    const columns = columnsOf(talkOf(words, heard.language ?? undefined));
    return { heard, columns, seconds: (performance.now() - began) / 1_000 };
  },

  async finish(tx, ctx, run, { videoId }, transcribed) {
    if ('missing' in transcribed) {
      await skipStage(tx, ctx.actor, run, { stage: 'TRANSCRIBE', reason: transcribed.missing });
      return;
    }
    const { heard, columns, seconds } = transcribed;
    const video = await tx.video.findUniqueOrThrow({ where: { id: videoId } });
    const { source, warnings, language, model, confidence, isSpread } = heard;
    const row = {
      id: newId(),
      videoId,
      ...columns,
      language: language ?? UNKNOWN_LANGUAGE,
      transcriptionService: source,
      transcriptionModel: model,
      confidence,
      isSpread,
      processingTimeSeconds: seconds,
    };
    await storeTranscript(tx, ctx.actor, video, row, ({ numberOfWords }) => ({
      message: `"${video.title}" has a transcript: ${counted(numberOfWords, 'word')} from ${source}.`,
      details: { from: null, to: source, language: row.language, numberOfWords, confidence, warnings },
    }));
  },

  // The plan sees the failure on the run: there is no row of its own to mark.
  async fail() {},
});
