import type { Project } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Notes } from '../../providers/notes.ts';

/** What a project's provider has written down for itself, in the database: other processes then need not learn it too. */
export const notesOf = ({ db }: Pick<Ctx, 'db'>, { provider }: Pick<Project, 'provider'>): Notes => ({
  async read(name) {
    const note = await db.providerNote.findUnique({ where: { provider_name: { provider, name } } });
    return note?.text ?? null;
  },
  async write(name, text) {
    const where = { provider_name: { provider, name } };
    await db.providerNote.upsert({ where, update: { text }, create: { provider, name, text } });
  },
});
