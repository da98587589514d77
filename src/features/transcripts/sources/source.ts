/** What words of a video may come from. */
import { baseOf } from '../../../subtitles/words/segmenters.ts';
import type { SpokenWord } from '../../../text/timed-words.ts';
import type { TranscriptSource, Video } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';

/** What sources need of the world: none of them writes. */
export type SourceCtx = Pick<Ctx, 'db' | 'storage'>;

export type SourceVideo = Pick<
  Video,
  | 'id'
  | 'subtitleStreams'
  | 'projectId'
  | 'createdAt'
  | 'chapters'
  | 'filePath'
  | 'durationSeconds'
  | 'audioCodec'
>;

export type HearRequest = {
  video: SourceVideo;
  /** The video's file on this machine: to be read. */
  file: string;
  /** Tag of the language; null where nobody knows. */
  language: string | null;
};

export type HearOptions = {
  signal: AbortSignal;
  /** Called with the share that is done, 0 to 1. */
  onProgress?: ((share: number) => void) | undefined;
};

/** What was heard, or known. */
export type Heard = {
  /** In order, none before the one before it ends, none outside of the video. */
  words: SpokenWord[];
  /** Tag of the language; null where nobody knows. */
  language: string | null;
  /** Model or program that heard it; null where nobody did. */
  model: string | null;
  /** How sure it was on the average, 0 to 1; null where it does not say. */
  confidence: number | null;
  /** Whether times of any words are no measurement. */
  isSpread: boolean;
  /** Sentences for a person. */
  warnings: string[];
};

/** One that words may come from. */
export type TranscriptSourceEntry = {
  source: TranscriptSource;
  /** Whether it costs money: it is never taken unless it is asked for by name. */
  isPaid?: true;
  /**
   * Why it is not to be had for a video, and the way out, in sentences for a person; null where it is.
   *
   * @param language tag of the language that is asked for; null for any.
   */
  whyNot(ctx: SourceCtx, video: SourceVideo, language: string | null): Promise<string | null>;
  /**
   * What is said in the video. Costs nothing unless `isPaid`; leaves no file and no process behind, however it ends.
   *
   * @throws the signal's reason; {DomainError} `MEDIA_FAILED`.
   */
  hear(ctx: SourceCtx, request: HearRequest, options: HearOptions): Promise<Heard>;
};

/** Whether a tag is one of English. */
export const isEnglish = (language: string | null): boolean => baseOf(language ?? undefined) === 'en';
