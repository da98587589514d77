import { requireId } from '../../../core/ids.ts';
import { Prisma } from '../../../generated/prisma/client.ts';
import { builder } from '../../../graphql/builder.ts';
import { connectionOf } from '../../../graphql/connection.ts';
import { READ_FIELDS } from '../../../graphql/cost.ts';
import { VideoNode } from '../../videos/video.graphql.ts';
import { visibleVideos } from '../../videos/video.ts';
import { TimedText } from '../timed-text.graphql.ts';
import { TranscriptNode } from '../transcript.graphql.ts';
import { visibleTranscripts } from '../transcript.ts';
import type { Mark } from './mark-words.ts';
import { foundOrder, isAmongGuesses } from './found-order.graphql.ts';
import { type Hit, MAX_QUERY_LENGTH, searchTranscripts } from './search-transcripts.ts';

const TextMark = builder.objectRef<Mark>('TextMark').implement({
  description:
    'A part of a text, in UTF-16 units from its start, as JavaScript counts: `text.slice(start, end)`.',
  fields: (t) => ({
    start: t.exposeInt('start', { description: 'Where it starts.' }),
    end: t.exposeInt('end', { description: 'Where it ends: the first unit that is no part of it.' }),
  }),
});

const TranscriptHit = builder.objectRef<Hit>('TranscriptHit').implement({
  description: 'A sentence that was found.',
  fields: (t) => ({
    sentence: t.field({
      type: TimedText,
      description: 'What is said, when, and which sentence of its transcript it is.',
      resolve: ({ sentenceIndex: index, ...sentence }) => ({ ...sentence, index }),
    }),
    marks: t.field({
      type: [TextMark],
      description: 'The words for which it was found, in their order: parts of `sentence.text`.',
      resolve: ({ marks }) => marks,
    }),
    isGuess: t.exposeBoolean('isGuess', {
      description:
        'Whether no sentence has the words themselves, and this one has some that are much like them.',
    }),
    video: t.prismaField({
      type: VideoNode,
      nullable: true,
      description: 'In which it is said; null if it was deleted just now.',
      complexity: READ_FIELDS,
      resolve: (query, { videoId: id }, _args, { db, actor }) =>
        db.video.findUnique({ ...query, where: { id, AND: [visibleVideos(actor)] } }),
    }),
    transcript: t.prismaField({
      type: TranscriptNode,
      nullable: true,
      description: 'Transcript that has it; null if it was deleted just now.',
      complexity: READ_FIELDS,
      resolve: (query, { transcriptId: id }, _args, { db, actor }) =>
        db.transcript.findUnique({ ...query, where: { id, AND: [visibleTranscripts(actor)] } }),
    }),
  }),
});

const TranscriptHitConnection = builder.connectionObject(
  {
    type: TranscriptHit,
    name: 'TranscriptHitConnection',
    description: 'A page of sentences, what fits best first.',
  },
  { name: 'TranscriptHitEdge', description: 'A sentence and its place in the list.' },
);

builder.queryField('searchTranscripts', (t) =>
  t.connection(
    {
      type: TranscriptHit,
      description:
        'Finds sentences by their words in all transcripts. What fits equally well comes as it is said, the newest transcript first. Where no sentence has the words, those with words much like them are found, and say so (`isGuess`).',
      args: {
        query: t.arg.string({
          description: `Words that a sentence must have, in any form of theirs that the language knows; \`"in this order"\`, \`this or that\`, \`-without\`. At most ${MAX_QUERY_LENGTH} characters.`,
        }),
        language: t.arg.string({
          required: false,
          description: 'Transcripts of this language only: a tag as `en`, which has `en-GB`, too.',
        }),
        videoId: t.arg.id({ required: false, description: 'Id of a Video: its transcript only.' }),
      },
      resolve: async (_root, { query, language, videoId, ...page }, ctx) => {
        const { isGuess, read, count } = await searchTranscripts(ctx, {
          query,
          language,
          videoId: videoId == null ? null : requireId('Video', videoId, ['videoId']),
          isGuess: isAmongGuesses(page),
        });
        return connectionOf(foundOrder<Hit>(isGuess), page, Prisma.sql`TRUE`, {
          rows: ({ where, orderBy, take }) => read(allOf(where), Prisma.join(orderBy), take),
          counted: { count },
        });
      },
    },
    TranscriptHitConnection,
  ),
);

/** Pages are told their conditions as Prisma takes them. */
const allOf = (where: object) => Prisma.join((where as { AND: Prisma.Sql[] }).AND, ' AND ');
