import { builder } from '../../graphql/builder.ts';
import { TALK_FIELDS } from '../../graphql/cost.ts';
import { TranscriptNode } from './transcript.graphql.ts';
import { writeSubtitles } from './write-subtitles.ts';

const SubtitleFormatEnum = builder.enumType('SubtitleFormat', {
  description: 'What a transcript is written as.',
  values: {
    SRT: { description: 'SubRip, for nearly every player: captions of at most two lines.' },
    WEBVTT: { description: 'For browsers; with the times of words where they were measured.' },
    JSON: {
      description:
        'Sentences with their times, as recognisers write them; with words where those were measured.',
    },
    TEXT: { description: 'To read: a line a sentence, a blank line at long silences.' },
  } as const,
});

builder.prismaObjectField(TranscriptNode, 'subtitles', (t) =>
  t.string({
    description: 'The whole transcript as the text of a file.',
    args: { format: t.arg({ type: SubtitleFormatEnum, description: 'What to write it as.' }) },
    complexity: TALK_FIELDS,
    select: {
      wordTimestamps: true,
      segmentTimestamps: true,
      language: true,
      isSpread: true,
      video: { select: { durationSeconds: true } },
    },
    resolve: ({ video, ...transcript }, { format }) =>
      writeSubtitles(transcript, video.durationSeconds, format),
  }),
);
