import { requireId } from '../../core/ids.ts';
import { TranscriptSource } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { TALK_FIELDS } from '../../graphql/cost.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { VideoNode } from '../videos/video.graphql.ts';
import { partsArgs, partsAsked, partsComplexity, TimedText } from './timed-text.graphql.ts';
import { isDraft, isFitForCaptions } from './trust.ts';
import { storedSentences, storedWords, visibleTranscripts } from './transcript.ts';

export const TranscriptSourceEnum = prismaEnum('TranscriptSource', TranscriptSource);

/** What decides whether its words can be trusted. */
const TRUST = { transcriptionService: true, confidence: true } as const;

export const TranscriptNode = builder.prismaNode('Transcript', {
  id: { field: 'id', description: 'Its one id everywhere: `transcript_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleTranscripts(actor)] }),
  // What is said may be many megabytes: it is read where it is asked for.
  select: { id: true },
  fields: (t) => ({
    video: t.relation('video'),
    fullText: t.exposeString('fullText', { complexity: TALK_FIELDS }),
    words: t.field({
      type: [TimedText],
      description: 'Its words, in order, a part at a time.',
      args: partsArgs,
      complexity: partsComplexity,
      select: { wordTimestamps: true },
      resolve: ({ wordTimestamps }, args) =>
        partsAsked(
          storedWords.parse(wordTimestamps).map(({ word, start, end }) => ({ text: word, start, end })),
          args,
        ),
    }),
    sentences: t.field({
      type: [TimedText],
      description: 'Its sentences, in order, a part at a time.',
      args: partsArgs,
      complexity: partsComplexity,
      select: { segmentTimestamps: true },
      resolve: ({ segmentTimestamps }, args) => partsAsked(storedSentences.parse(segmentTimestamps), args),
    }),
    language: t.exposeString('language'),
    numberOfWords: t.exposeInt('numberOfWords'),
    numberOfSegments: t.exposeInt('numberOfSegments'),
    transcriptionService: t.expose('transcriptionService', { type: TranscriptSourceEnum }),
    transcriptionModel: t.exposeString('transcriptionModel', { nullable: true }),
    confidence: t.exposeFloat('confidence', { nullable: true }),
    isSpread: t.exposeBoolean('isSpread'),
    isDraft: t.boolean({
      description: 'Whether its recogniser was so unsure of it that a person should read it.',
      select: TRUST,
      resolve: isDraft,
    }),
    isFitForCaptions: t.boolean({
      description: 'Whether so many of its words are right that they can be shown as captions.',
      select: TRUST,
      resolve: isFitForCaptions,
    }),
    processingTimeSeconds: t.exposeFloat('processingTimeSeconds'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    correctedAt: t.expose('correctedAt', { type: 'DateTime', nullable: true }),
    version: t.exposeInt('version'),
  }),
});

builder.prismaObjectField(VideoNode, 'transcript', (t) =>
  t.relation('transcript', { nullable: true, description: 'What is said in it; null until that is known.' }),
);

builder.queryFields((t) => ({
  transcript: t.prismaField({
    type: TranscriptNode,
    nullable: true,
    description: 'A transcript; null if it does not exist or is not yours.',
    args: { id: t.arg.id({ description: 'Id of a Transcript.' }) },
    resolve: (query, _root, args, { db, actor }) =>
      db.transcript.findUnique({
        ...query,
        where: { id: requireId('Transcript', args.id, ['id']), AND: [visibleTranscripts(actor)] },
      }),
  }),
}));
