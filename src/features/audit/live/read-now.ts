import type { Actor, Ctx } from '../../../platform/context.ts';
import { type ModelName, readerOf, type RowOf, type WhereOf } from '../../../platform/database/any-model.ts';
import type { NumberedEntry } from '../log/numbered-entry.ts';
import { readOnce } from './read-once.ts';

/**
 * Makes the resolver of what an event shows: a row as it is now, if the viewer may see it, else null. It is read once for
 * everybody who is shown the same of it ({@link readOnce}).
 *
 * @param visible the rows an actor may see.
 * @param idOf which row; the one that the entry tells of unless given. Null shows none.
 */
export function readNow<Name extends ModelName>(
  model: Name,
  visible: (actor: Actor) => WhereOf<Name>,
  idOf: (entry: NumberedEntry) => string | null = ({ subjectId }) => subjectId,
) {
  return async (
    query: object,
    entry: NumberedEntry,
    _args: object,
    { db, actor }: Pick<Ctx, 'db' | 'actor'>,
  ): Promise<RowOf<Name> | null> => {
    // Taken first: the plugin has a field fail whose resolver leaves what is selected of its rows untouched.
    const selected = { ...query };
    const id = idOf(entry);
    if (id === null) return null;
    return readOnce(entry, { ...selected, where: { id, AND: [visible(actor)] } }, (args) =>
      readerOf(db, model).findUnique(args),
    );
  };
}
