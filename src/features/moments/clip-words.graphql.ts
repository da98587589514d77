import { builder } from '../../graphql/builder.ts';
import { LONG_TEXT_FIELDS } from '../../graphql/cost.ts';
import { captionsOf } from '../../subtitles/words/captions.ts';
import { writeSrt } from '../../subtitles/write/write-srt.ts';
import { writeWebVtt } from '../../subtitles/write/write-webvtt.ts';
import { wordsOf } from '../transcripts/text-columns.ts';
import { UNKNOWN_LANGUAGE } from '../transcripts/language-tag.ts';
import { ClipNode } from './clip.graphql.ts';

const ClipSubtitleFormat = builder.enumType('ClipSubtitleFormat', {
  description: 'What the words of a clip are written as.',
  values: {
    SRT: { description: 'SubRip, for nearly every player.' },
    WEBVTT: { description: 'For browsers.' },
  } as const,
});

builder.prismaObjectField(ClipNode, 'subtitles', (t) =>
  t.string({
    description: 'What is said in it, as the text of a file beside it; without a cue where nothing is.',
    args: { format: t.arg({ type: ClipSubtitleFormat, description: 'What to write it as.' }) },
    complexity: LONG_TEXT_FIELDS,
    select: {
      words: true,
      durationSeconds: true,
      video: { select: { transcript: { select: { language: true } } } },
    },
    resolve: ({ words, durationSeconds, video }, { format }) => {
      const language = video.transcript?.language ?? UNKNOWN_LANGUAGE;
      const spoken = wordsOf({ wordTimestamps: words });
      const captions = captionsOf(spoken, language === UNKNOWN_LANGUAGE ? undefined : language, {
        endSeconds: durationSeconds,
      });
      return format === 'SRT' ? writeSrt(captions) : writeWebVtt(captions);
    },
  }),
);
