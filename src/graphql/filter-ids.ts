import { type NodeType, requireId } from '../core/ids.ts';
import type { InputFields } from './builder.ts';

type Narrowing<Where> = { type: NodeType; description: string; where: (id: string) => Where };

/** Ids in the `filter` of a list that higher features add: which of the rows have to do with an object of theirs. */
export class FilterIds<Where> {
  readonly #narrowings = new Map<string, Narrowing<Where>>();

  /** Adds a field, for whoever declares its rows; before the graph is made. */
  add(name: string, narrowing: Narrowing<Where>): void {
    this.#narrowings.set(name, narrowing);
  }

  /** The fields of the input. */
  fields(t: InputFields) {
    return Object.fromEntries(
      [...this.#narrowings].map(([name, { description }]) => [name, t.id({ required: false, description })]),
    );
  }

  /**
   * What the rows have to meet by those that were given.
   *
   * @throws {InvalidInputError} naming the id that is none, or of something else.
   */
  where(filter: object): Where[] {
    return Object.entries(filter).flatMap(([name, id]: [string, unknown]) => {
      const narrowing = this.#narrowings.get(name);
      if (!narrowing || typeof id !== 'string') return [];
      return [narrowing.where(requireId(narrowing.type, id, ['filter', name]))];
    });
  }
}
