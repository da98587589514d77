import { builder } from '../../graphql/builder.ts';
import { VideoNode } from '../videos/video.graphql.ts';
import { languageTag } from './language-tag.ts';
import { type OfferedSource, transcriptSourcesFor } from './sources/registry.ts';
import { TranscriptSourceEnum } from './transcript.graphql.ts';

const OfferedSourceType = builder.objectRef<OfferedSource>('OfferedTranscriptSource').implement({
  description: 'What the words of a video may come from.',
  fields: (t) => ({
    source: t.expose('source', { type: TranscriptSourceEnum, description: 'Which it is.' }),
    isAvailable: t.exposeBoolean('isAvailable', {
      description: 'Whether it is to be had for this video, here and now.',
    }),
    isPaid: t.exposeBoolean('isPaid', {
      description: 'Whether it costs money: it is taken only where it is asked for by name.',
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why it is not, and the way out, in sentences for a person; null where it is.',
    }),
  }),
});

/** All scenes of a film are read for it. */
const COMPLEXITY = 50;

builder.prismaObjectField(VideoNode, 'transcriptSources', (t) =>
  t.field({
    type: [OfferedSourceType],
    description:
      'What its words may come from, best first: the first that is available and free is taken by itself.',
    args: {
      language: t.arg.string({
        required: false,
        description: 'Tag of the language that is asked for, as `en`; any unless given.',
      }),
    },
    complexity: COMPLEXITY,
    select: {
      id: true,
      subtitleStreams: true,
      projectId: true,
      createdAt: true,
      chapters: true,
      filePath: true,
      durationSeconds: true,
      audioCodec: true,
    },
    resolve: (video, { language }, ctx) => transcriptSourcesFor(ctx, video, languageTag(language)),
  }),
);
