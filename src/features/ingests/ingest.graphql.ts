import { requireId } from '../../core/ids.ts';
import { IngestSource } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { PipelineRunNode } from '../runs/run.graphql.ts';
import { visibleIngests } from './ingest.ts';

const IngestSourceEnum = prismaEnum('IngestSource', IngestSource);

export const IngestNode = builder.prismaNode('Ingest', {
  id: { field: 'id', description: 'Its one id everywhere: `ingest_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleIngests(actor)] }),
  fields: (t) => ({
    source: t.expose('source', { type: IngestSourceEnum }),
    sourceUrl: t.expose('sourceUrl', { type: 'URL', nullable: true }),
    serverName: t.exposeString('serverName', { nullable: true }),
    title: t.exposeString('title'),
    identifier: t.exposeString('identifier', { nullable: true }),
    language: t.exposeString('language', { nullable: true }),
    sha256: t.exposeString('sha256', { nullable: true }),
    video: t.relation('video', { nullable: true }),
    run: t.field({
      type: PipelineRunNode,
      nullable: true,
      description: 'The run that brings it in; `runProgress` tells of it.',
      select: { runs: { take: 1, orderBy: { id: 'desc' } } },
      resolve: ({ runs: [run] }) => run ?? null,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

builder.queryField('ingest', (t) =>
  t.prismaField({
    type: IngestNode,
    nullable: true,
    description:
      'A film from outside on its way into the library; null if it does not exist or is not yours.',
    args: { id: t.arg.id({ description: 'Id of an Ingest.' }) },
    resolve: (query, _root, args, { db, actor }) =>
      db.ingest.findUnique({
        ...query,
        where: { id: requireId('Ingest', args.id, ['id']), AND: [visibleIngests(actor)] },
      }),
  }),
);
