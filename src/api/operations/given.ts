/** A value of an input as a client gave it: in a request's variables, or written into its document. */
import {
  type GraphQLLeafType,
  Kind,
  valueFromASTUntyped,
  validateInputLiteral,
  validateInputValue,
  type ValueNode,
} from 'graphql';

/** What a value is before its type is known. `OTHER` is a text, a number, a word, or a variable's place. */
export type Shape<Value> =
  | { kind: 'MISSING' | 'NULL' | 'VARIABLE' | 'OTHER' }
  | { kind: 'LIST'; entries: readonly Value[] }
  | { kind: 'OBJECT'; get: (name: string) => Value | undefined; names: () => Iterable<string> };

/** How the values of one source are read. */
export type Reader<Value> = {
  shapeOf(value: Value | undefined): Shape<Value>;
  /** Why a value is none of a scalar or enum; null if it is. */
  misfit(value: Value, type: GraphQLLeafType): string | null;
  /** The value as JSON. */
  plain(value: Value): unknown;
};

/** Values of variables. */
export const variableReader: Reader<unknown> = {
  shapeOf(value) {
    if (value === undefined) return { kind: 'MISSING' };
    if (value === null) return { kind: 'NULL' };
    if (Array.isArray(value)) return { kind: 'LIST', entries: value };
    if (typeof value !== 'object') return { kind: 'OTHER' };
    const fields = value as Readonly<Record<string, unknown>>;
    return {
      kind: 'OBJECT',
      get: (name) => (Object.hasOwn(fields, name) ? fields[name] : undefined),
      names: () => Object.keys(fields),
    };
  },
  misfit(value, type) {
    let misfit: string | null = null;
    validateInputValue(value, type, ({ message }) => (misfit ??= message));
    return misfit;
  },
  plain: (value) => value,
};

/** Values in a document. */
export const literalReader: Reader<ValueNode> = {
  shapeOf(node) {
    if (node === undefined) return { kind: 'MISSING' };
    if (node.kind === Kind.NULL) return { kind: 'NULL' };
    if (node.kind === Kind.VARIABLE) return { kind: 'VARIABLE' };
    if (node.kind === Kind.LIST) return { kind: 'LIST', entries: node.values };
    if (node.kind !== Kind.OBJECT) return { kind: 'OTHER' };
    const fields = new Map(node.fields.map(({ name, value }) => [name.value, value]));
    return { kind: 'OBJECT', get: (name) => fields.get(name), names: () => fields.keys() };
  },
  misfit(node, type) {
    let misfit: string | null = null;
    validateInputLiteral(node, type, ({ message }) => (misfit ??= message));
    return misfit;
  },
  plain: (node) => valueFromASTUntyped(node),
};
