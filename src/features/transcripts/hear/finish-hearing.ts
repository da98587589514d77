/** Makes the transcript of what was heard, once all of it was. */
import { counted } from '../../../core/counted.ts';
import { newId } from '../../../core/ids.ts';
import type { TranscriptChunk } from '../../../generated/prisma/client.ts';
import type { Actor } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { LIMITS } from '../../../subtitles/limits.ts';
import { talkOf } from '../../../subtitles/words/talk.ts';
import { lockVideoRow } from '../../videos/video.sql.ts';
import { UNKNOWN_LANGUAGE } from '../language-tag.ts';
import { storeTranscript } from '../store-transcript.ts';
import { columnsOf } from '../text-columns.ts';
import { forgetChunks, hearingIn } from './chunk-rows.ts';
import { mergeChunks } from './merge-chunks.ts';

/**
 * Writes the transcript of a video whose chunks are all heard, and forgets them: their words are in it. Nothing where one is
 * missing, where no word was said, or where the video has a transcript.
 */
export async function finishHearing(tx: Tx, actor: Actor, videoId: string): Promise<void> {
  await lockVideoRow(tx, videoId);
  if ((await tx.transcript.count({ where: { videoId } })) > 0) return forgetChunks(tx, videoId);
  const open = { videoId, status: { not: 'ANSWERED' as const } };
  if ((await tx.transcriptChunk.count({ where: open })) > 0) return;
  const chunks = await tx.transcriptChunk.findMany({ where: { videoId }, orderBy: { chunkIndex: 'asc' } });
  const heard = chunks.map((chunk) => ({ chunk, hearing: hearingIn(chunk) }));
  const words = mergeChunks(heard.map(({ chunk, hearing }) => chunkOf(chunk, hearing.words))).slice(
    0,
    LIMITS.words,
  );
  const [first] = heard;
  if (!first || words.length === 0) return;
  const language = first.chunk.language ?? languageOf(heard.map(({ hearing }) => hearing.language));
  await forgetChunks(tx, videoId);
  const video = await tx.video.findUniqueOrThrow({ where: { id: videoId } });
  const row = {
    id: newId(),
    videoId,
    ...columnsOf(talkOf(words, language)),
    language,
    transcriptionService: 'GEMINI' as const,
    transcriptionModel: [...new Set(heard.map(({ hearing }) => hearing.heardBy))].join(', '),
    isSpread: heard.some(({ hearing }) => hearing.isSpread),
    processingTimeSeconds: heard.reduce((sum, { hearing }) => sum + hearing.seconds, 0),
  };
  const cut = heard.filter(({ hearing }) => hearing.cut !== null).length;
  const gap =
    cut === 0 ? '' : ` ${counted(cut, 'answer')} ended before its time: what was said then is missing.`;
  await storeTranscript(tx, actor, video, row, () => ({
    message: `"${video.title}" has a transcript: ${counted(words.length, 'word')} that Google heard.${gap}`,
    details: {
      from: null,
      to: 'GEMINI',
      language,
      numberOfWords: words.length,
      cutAnswers: cut,
      guessedWords: heard.reduce((sum, { hearing }) => sum + hearing.guessedWords, 0),
    },
  }));
}

const chunkOf = (
  { startSeconds, endSeconds }: TranscriptChunk,
  words: ReturnType<typeof hearingIn>['words'],
) => ({
  startSeconds,
  endSeconds,
  words: words.map(({ word, start, end, speaker }) => ({
    word,
    startSeconds: start,
    endSeconds: end,
    ...(speaker !== undefined && { speaker }),
  })),
});

/** That in which most chunks were heard. */
function languageOf(told: readonly (string | null)[]): string {
  const known = told.flatMap((language) => canonical(language) ?? []);
  const counts = Map.groupBy(known, (language) => language);
  const [most] = [...counts].toSorted(([, a], [, b]) => b.length - a.length);
  return most?.[0] ?? UNKNOWN_LANGUAGE;
}

function canonical(language: string | null): string | undefined {
  try {
    return language === null ? undefined : Intl.getCanonicalLocales(language)[0];
  } catch {
    return undefined;
  }
}
