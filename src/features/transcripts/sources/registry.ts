import type { TranscriptSource } from '../../../generated/prisma/client.ts';
import { pocketSphinxSource } from './pocketsphinx.ts';
import { scriptSource } from './script.ts';
import type { SourceCtx, SourceVideo, TranscriptSourceEntry } from './source.ts';
import { subtitlesSource } from './subtitles.ts';
import { whisperSource } from './whisper.ts';

/** All that words may come from, best first. */
export const TRANSCRIPT_SOURCES: readonly TranscriptSourceEntry[] = [
  scriptSource,
  subtitlesSource,
  // The place of GEMINI, which is paid.
  whisperSource,
  pocketSphinxSource,
];

/** Whether a source is to be had for a video. */
export type OfferedSource = {
  source: TranscriptSource;
  isAvailable: boolean;
  isPaid: boolean;
  /** Why it is not, and the way out, in sentences for a person; null where it is. */
  reason: string | null;
};

/**
 * What the words of a video may come from, best first. Writes nothing.
 *
 * @param language tag of the language that is asked for; null for any.
 */
export const transcriptSourcesFor = (
  ctx: SourceCtx,
  video: SourceVideo,
  language: string | null = null,
): Promise<OfferedSource[]> =>
  Promise.all(
    TRANSCRIPT_SOURCES.map(async (entry) => {
      const { source, isPaid = false } = entry;
      const reason = await entry.whyNot(ctx, video, language);
      return { source, isPaid, isAvailable: reason === null, reason };
    }),
  );
