import { requireId } from '../../core/ids.ts';
import { TranscriptSource } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { VideoNode } from '../videos/video.graphql.ts';
import { storedSentences, storedWords, visibleTranscripts } from './transcript.ts';

const TranscriptSourceEnum = prismaEnum('TranscriptSource', TranscriptSource);

type Timed = { text: string; start: number; end: number };

const TimedText = builder.objectRef<Timed>('TimedText').implement({
  description: 'Words of a transcript, and when they are said.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'What is said.' }),
    startSeconds: t.exposeFloat('start', { description: 'Seconds from the start of the video.' }),
    endSeconds: t.exposeFloat('end', { description: 'Seconds from the start of the video.' }),
  }),
});

export const WithinInput = builder.inputType('WithinInput', {
  description: 'A part of a video.',
  fields: (t) => ({
    startSeconds: t.float({ defaultValue: 0, description: 'Seconds from the start of the video.' }),
    endSeconds: t.float({ required: false, description: 'Seconds from there; to the end unless given.' }),
  }),
});

const withinArg = builder.args((t) => ({
  within: t.field({
    type: WithinInput,
    required: false,
    description: 'What is said there; all unless given.',
  }),
}));

type Within = typeof WithinInput.$inferInput | null | undefined;

const among = <Part extends { start: number; end: number }>(parts: Part[], within: Within): Part[] =>
  within
    ? parts.filter(({ start, end }) => end > within.startSeconds && start < (within.endSeconds ?? Infinity))
    : parts;

export const TranscriptNode = builder.prismaNode('Transcript', {
  id: { field: 'id', description: 'Its one id everywhere: `transcript_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleTranscripts(actor)] }),
  fields: (t) => ({
    video: t.relation('video'),
    fullText: t.exposeString('fullText'),
    words: t.field({
      type: [TimedText],
      description: 'Its words, in order.',
      args: withinArg,
      resolve: ({ wordTimestamps }, { within }) =>
        among(storedWords.parse(wordTimestamps), within).map(({ word, ...times }) => ({
          text: word,
          ...times,
        })),
    }),
    sentences: t.field({
      type: [TimedText],
      description: 'Its sentences, in order.',
      args: withinArg,
      resolve: ({ segmentTimestamps }, { within }) => among(storedSentences.parse(segmentTimestamps), within),
    }),
    language: t.exposeString('language'),
    numberOfWords: t.exposeInt('numberOfWords'),
    numberOfSegments: t.exposeInt('numberOfSegments'),
    transcriptionService: t.expose('transcriptionService', { type: TranscriptSourceEnum }),
    transcriptionModel: t.exposeString('transcriptionModel', { nullable: true }),
    confidence: t.exposeFloat('confidence', { nullable: true }),
    isSpread: t.exposeBoolean('isSpread'),
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
