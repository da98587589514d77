import { builder } from '../../graphql/builder.ts';

/** Higher features add what a workspace owns. */
export const WorkspaceNode = builder.prismaNode('Workspace', {
  id: { field: 'id', description: 'Its one id everywhere: `workspace_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [{ id: actor.workspaceId }] }),
  fields: (t) => ({
    name: t.exposeString('name'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});
