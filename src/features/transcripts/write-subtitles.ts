import type { Transcript } from '../../generated/prisma/client.ts';
import type { Cue } from '../../subtitles/cue.ts';
import { captionsOf } from '../../subtitles/words/captions.ts';
import { writeSrt } from '../../subtitles/write/write-srt.ts';
import { writeTranscriptJson, writeTranscriptText } from '../../subtitles/write/write-transcript.ts';
import { writeWebVtt } from '../../subtitles/write/write-webvtt.ts';
import { UNKNOWN_LANGUAGE } from './language-tag.ts';
import { sentencesIn, wordsOf } from './text-columns.ts';

export type SubtitleFormat = 'SRT' | 'WEBVTT' | 'JSON' | 'TEXT';

type Written = Pick<Transcript, 'wordTimestamps' | 'segmentTimestamps' | 'language' | 'isSpread'>;

/**
 * A transcript as a file for players or readers. Times of words are in it where they were measured, and nowhere else: who
 * reads it again would take them for measured. Pure.
 *
 * @param durationSeconds of the video: nothing is shown after its end.
 */
export function writeSubtitles(transcript: Written, durationSeconds: number, format: SubtitleFormat): string {
  const language = transcript.language === UNKNOWN_LANGUAGE ? undefined : transcript.language;
  if (format === 'TEXT') return writeTranscriptText(spokenSentences(transcript));
  if (format === 'JSON')
    return writeTranscriptJson(honest(transcript, spokenSentences(transcript)), language ?? null);
  const captions = captionsOf(wordsOf(transcript), language, { endSeconds: durationSeconds });
  return format === 'SRT' ? writeSrt(captions) : writeWebVtt(honest(transcript, captions));
}

const honest = ({ isSpread }: Written, cues: readonly Cue[]): Cue[] =>
  cues.map(({ words, ...cue }) => ({ ...cue, ...(words && !isSpread && { words }) }));

function spokenSentences(transcript: Written) {
  const all = wordsOf(transcript);
  return sentencesIn(transcript).map(({ text, start, end, from, to }) => {
    const words = all.slice(from, to);
    const speaker = words[0]?.speaker;
    return {
      text,
      startSeconds: start,
      endSeconds: end,
      from,
      to,
      words: words.map(({ speaker: _speaker, ...word }) => word),
      ...(speaker !== undefined && { speaker }),
    };
  });
}
