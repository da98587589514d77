import type { ErrorCode } from '../../core/errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { ErrorCodeEnum } from '../../graphql/errors.ts';
import { FilterIds } from '../../graphql/filter-ids.ts';
import { pageOf } from '../../graphql/page-of.ts';
import { PipelineRunNode } from './run.graphql.ts';
import { visibleLetters } from './dead-letter.ts';

const DeadLetterNode = builder.prismaNode('DeadLetter', {
  id: { field: 'id', description: 'Its one id everywhere: `dead_letter_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleLetters(actor)] }),
  fields: (t) => ({
    run: t.relation('run'),
    step: t.exposeString('step'),
    key: t.exposeString('key'),
    input: t.expose('input', { type: 'JSON' }),
    attempts: t.exposeInt('attempts'),
    errorCode: t.field({
      type: ErrorCodeEnum,
      description: 'Code of the last failure.',
      resolve: ({ errorCode }) => errorCode as ErrorCode,
    }),
    errorMessage: t.exposeString('errorMessage'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    replayedAt: t.expose('replayedAt', { type: 'DateTime', nullable: true }),
  }),
});

const DeadLetterConnection = builder.connectionObject(
  {
    type: DeadLetterNode,
    name: 'DeadLetterConnection',
    description: 'A page of dead letters, newest first.',
  },
  { name: 'DeadLetterEdge', description: 'A dead letter and its place in the list.' },
);

const pageOfLetters = pageOf('DeadLetter', { visible: visibleLetters });

builder.prismaObjectField(PipelineRunNode, 'deadLetters', (t) =>
  t.connection(
    {
      type: DeadLetterNode,
      description: 'Its steps that were given up after too many tries, replayed or not, newest first.',
      resolve: (run, args, ctx, info) => pageOfLetters(ctx, info, args, { runId: run.id }),
    },
    DeadLetterConnection,
  ),
);

/** Higher features add what the runs of the letters work on. */
export const letterFilterIds = new FilterIds<Prisma.DeadLetterWhereInput>();

const DeadLetterFilter = builder.inputType('DeadLetterFilter', {
  description: 'Which dead letters. What is left out does not matter.',
  fields: (t) => ({
    ...letterFilterIds.fields(t),
    includeReplayed: t.boolean({
      defaultValue: false,
      description: 'Also those that were put back to work.',
    }),
  }),
});

builder.queryField('deadLetters', (t) =>
  t.connection(
    {
      type: DeadLetterNode,
      description:
        'Steps that were given up after too many tries, newest first; `replayDeadLetter` tries again.',
      args: {
        filter: t.arg({
          type: DeadLetterFilter,
          required: false,
          description: 'Which dead letters; all that wait for a person unless given.',
        }),
      },
      resolve: (_root, args, ctx, info) => {
        const filter = args.filter ?? { includeReplayed: false };
        return pageOfLetters(ctx, info, args, {
          ...(!filter.includeReplayed && { replayedAt: null }),
          AND: letterFilterIds.where(filter),
        });
      },
    },
    DeadLetterConnection,
  ),
);
