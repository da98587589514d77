/** Subtitles that the video's file brings. */
import { join } from 'node:path';
import { z } from 'zod';
import { baseOf } from '../../../subtitles/words/segmenters.ts';
import { readSubtitleTrack } from '../../../media/read/subtitle-track.ts';
import { readTalkBoxed } from '../../../subtitles/child/read-boxed.ts';
import { counted } from '../../../core/counted.ts';
import { DomainError } from '../../../core/errors.ts';
import { SubtitlesRefused } from '../../../subtitles/problem.ts';
import { alignedWords, inOrder, type KnownStretch } from './aligned-words.ts';
import { languageTag } from '../language-tag.ts';
import type { Heard, SourceVideo, TranscriptSourceEntry } from './source.ts';
import { withSpeech } from './with-speech.ts';

/** Subtitles come a little late, and go a little early. */
const BEFORE_SECONDS = 0.3;
const AFTER_SECONDS = 0.4;

export const subtitlesSource: TranscriptSourceEntry = {
  source: 'SUBTITLES',

  async whyNot(_ctx, video, language) {
    if (hasTrack(video, language)) return null;
    const which = language === null ? '' : ` of the language ${language}`;
    return `Its file brings no subtitles${which} that are texts; bring a file of them (createTranscript).`;
  },

  hear: (_ctx, request, options) =>
    withSpeech(request, options.signal, async ({ speechFile, directory }): Promise<Heard> => {
      const { file, language, video } = request;
      const toFile = join(directory, 'subtitles.srt');
      const track = await readSubtitleTrack({ file, language, toFile }, options.signal);
      const tag = language ?? track?.language ?? null;
      const { durationSeconds } = video;
      const reading = { durationSeconds, language: tag ?? undefined };
      if (!track) throw unreadable('None of them is a text that is read.');
      const talk = await readTalkBoxed(toFile, reading, { signal: options.signal }).catch(
        (error: unknown) => {
          throw error instanceof SubtitlesRefused ? unreadable(error.problem.reason) : error;
        },
      );
      const stretches: KnownStretch[] = talk.stretches.map(({ from, to, startSeconds, endSeconds }) => ({
        startSeconds: Math.max(0, startSeconds - BEFORE_SECONDS),
        endSeconds: Math.min(durationSeconds, endSeconds + AFTER_SECONDS),
        words: talk.words.slice(from, to),
      }));
      const { words, unaligned } = await alignedWords(speechFile, stretches, tag, options);
      const isAligned = unaligned < words.length;
      return {
        words: inOrder(words, durationSeconds),
        language: tag,
        model: isAligned ? 'pocketsphinx en-us (times)' : null,
        confidence: null,
        isSpread: unaligned > 0 && talk.isSpread,
        warnings: [
          ...talk.warnings,
          ...(isAligned && unaligned > 0
            ? [
                `${counted(unaligned, 'word')} could not be found in the sound: their times are a share of their cue's.`,
              ]
            : []),
        ],
      };
    }),
};

const unreadable = (reason: string) =>
  new DomainError('MEDIA_FAILED', `The subtitles in its file cannot be read: ${reason}`);

/** What is known of a file's subtitles since it was brought in; of our own films none. */
const storedStreams = z.array(z.object({ isText: z.boolean(), language: z.string().nullable() }));

const hasTrack = ({ subtitleStreams }: SourceVideo, asked: string | null): boolean =>
  storedStreams
    .parse(subtitleStreams)
    .some(({ isText, language }) => isText && (asked === null || isOfLanguage(language, asked)));

/** Where a file does not say the language, it may be any. */
const isOfLanguage = (told: string | null, asked: string): boolean => {
  const tag = told === null ? null : languageOrNull(told);
  return tag === null || baseOf(tag) === baseOf(asked);
};

/** `en` of `eng`; null where nobody knows. */
function languageOrNull(told: string): string | null {
  try {
    return languageTag(told);
  } catch {
    return null;
  }
}
