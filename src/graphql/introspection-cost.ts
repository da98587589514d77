/** What a client may ask of the schema about itself: nothing is read for it, but long answers are made on the spot. */
import {
  type DocumentNode,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** Entries of each list of the schema's description, on average. */
type Sizes = Readonly<Record<string, number>>;

const sizes = new WeakMap<GraphQLSchema, Sizes>();

/** Fields of the longest answer that an operation asks for of the schema itself, about. */
export function introspectionCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): number {
  const counter = new Counter(sizesOf(schema), document);
  return counter.count(operation.selectionSet, false);
}

class Counter {
  readonly #sizes: Sizes;
  readonly #fragments: ReadonlyMap<string, SelectionSetNode>;
  /** A fragment is counted once, however often it is spread. */
  readonly #known = new Map<SelectionSetNode, number>();

  constructor(listSizes: Sizes, { definitions }: DocumentNode) {
    const fragments = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
    this.#sizes = listSizes;
    this.#fragments = new Map(fragments.map(({ name, selectionSet }) => [name.value, selectionSet]));
  }

  /** @param within the description of the schema; what is outside of it counts for nothing here. */
  count(set: SelectionSetNode, within: boolean): number {
    const known = this.#known.get(set);
    if (known !== undefined) return known;
    let total = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = this.#fragments.get(selection.name.value);
        total += fragment ? this.count(fragment, within) : 0;
      } else if (selection.kind === Kind.INLINE_FRAGMENT) total += this.count(selection.selectionSet, within);
      else if (within || selection.name.value === '__schema' || selection.name.value === '__type') {
        const inner = selection.selectionSet ? this.count(selection.selectionSet, true) : 0;
        total += 1 + inner * (this.#sizes[selection.name.value] ?? 1);
      }
    }
    this.#known.set(set, total);
    return total;
  }
}

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);

function sizesOf(schema: GraphQLSchema): Sizes {
  const known = sizes.get(schema);
  if (known) return known;
  const types = Object.values(schema.getTypeMap());
  const each = (count: number) => count / types.length;
  const composite = types.filter((type) => isObjectType(type) || isInterfaceType(type));
  const fields = composite.flatMap((type) => Object.values(type.getFields()));
  const inputs = types.filter(isInputObjectType);
  const made = {
    types: types.length,
    directives: schema.getDirectives().length,
    fields: each(fields.length),
    args: sum(fields.map(({ args }) => args.length)) / fields.length,
    inputFields: each(sum(inputs.map((type) => Object.keys(type.getFields()).length))),
    enumValues: each(sum(types.filter(isEnumType).map((type) => type.getValues().length))),
    interfaces: each(sum(composite.map((type) => type.getInterfaces().length))),
  };
  sizes.set(schema, made);
  return made;
}
