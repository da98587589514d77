import { ReferenceKind } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { mediaUrl } from '../../graphql/media-url.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { ProjectNode } from '../projects/project.graphql.ts';
import { visibleReferences } from './reference-image.ts';

export const ReferenceKindEnum = prismaEnum('ReferenceKind', ReferenceKind);

export const ReferenceImageNode = builder.prismaNode('ReferenceImage', {
  id: { field: 'id', description: 'Its one id everywhere: `reference_image_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleReferences(actor)] }),
  fields: (t) => ({
    project: t.relation('project'),
    name: t.exposeString('name'),
    kind: t.expose('kind', { type: ReferenceKindEnum }),
    url: t.field({
      type: 'URL',
      description: 'Where the picture is served, a JPEG; with Range requests and ETag.',
      resolve: ({ filePath }, _args, ctx) => mediaUrl(ctx, filePath),
    }),
    width: t.exposeInt('width'),
    height: t.exposeInt('height'),
    sizeBytes: t.exposeInt('sizeBytes'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

builder.prismaObjectField(ProjectNode, 'referenceImages', (t) =>
  t.relation('referenceImages', { query: { orderBy: { id: 'asc' } } }),
);
