/** What mutations of moments have in common. */
import { requireId } from '../../../core/ids.ts';
import type { Moment } from '../../../generated/prisma/client.ts';
import { builder } from '../../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../../graphql/errors.ts';
import { MomentNode } from '../moment.graphql.ts';

const types = [InvalidInputError, NotFoundError, ConflictError];
/** The refusals of a mutation, as `CreateMoment`. */
export const errorsOf = (mutation: string) => ({
  types,
  union: { name: `${mutation}Result`, description: 'What became of it, or why nothing did.' },
});
/** Of `expectedVersion`. */
export const VERSION = 'Its `version` when you read it: who is slower than another is told.';
/** Bare UUID of a `momentId`. @throws {InvalidInputError} */
export const momentId = (id: string) => requireId('Moment', id, ['momentId']);

/** A payload of one moment. */
export const payloadOf = (mutation: string, description: string) =>
  builder.objectRef<{ moment: Moment }>(`${mutation}Payload`).implement({
    description,
    fields: (t) => ({
      moment: t.field({
        type: MomentNode,
        description: 'As it is then.',
        resolve: ({ moment }) => moment,
      }),
    }),
  });
