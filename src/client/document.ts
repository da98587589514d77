import { type DocumentNode, print } from 'graphql';

/**
 * A document with the types of its data and variables, as GraphQL Code Generator makes it: a `TypedDocumentNode` or a
 * `TypedDocumentString`. Plain text has none.
 */
export type TypedDocument<Data, Variables> = (DocumentNode | string | { toString(): string }) & {
  __apiType?: (variables: Variables) => Data;
};

export const textOf = (document: DocumentNode | string | { toString(): string }): string =>
  typeof document === 'object' && 'kind' in document ? print(document) : String(document);
