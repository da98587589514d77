/** Reads a request whole, without the event loop: what is refused comes back as its errors, what is not as it was given. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, getOperationAST, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { SCALARS } from '../../graphql/scalar-types.ts';
import { misfitsOf, parseOrRefuse } from './documents.ts';
import { checkVariables } from './input-values.ts';

/** The operation that a request asks for. */
export type Asked = {
  query: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
};

/** An operation that may go on, with those of its variables that it declares; or why it may not. */
export type Reading = { asked: Asked } | { errors: GraphQLFormattedError[]; of: 'document' | 'variables' };

const SCHEMA = path.join(import.meta.dirname, '../../../schema.graphql');

/** From its text: the program's own would bring all that resolvers need, twice the memory of the rest of the thread. */
const schema = buildSchema(readFileSync(SCHEMA, 'utf8'));
for (const [name, { coerceInputValue, coerceInputLiteral, parseValue, parseLiteral }] of Object.entries(
  SCALARS,
)) {
  const read = { coerceInputValue, coerceInputLiteral, parseValue, parseLiteral };
  Object.assign(schema.getType(name) ?? {}, read);
}

/** Parses and validates a document, as is done on the event loop with a small one. */
export const readDocument = (query: string): Reading => readAsked({ query }, false);

/** The same of a whole operation, and checks its variables. */
export function readAsked(asked: Asked, withVariables = true): Reading {
  const { query, operationName, variables } = asked;
  try {
    const document = parseOrRefuse(query);
    const errors = misfitsOf(schema, document);
    if (errors.length > 0) return { errors: errors.map(told), of: 'document' };
    if (!withVariables) return { asked: { query } };
    const misfits = checkVariables({ schema, document, operationName, variableValues: variables });
    if (misfits.length > 0) return { errors: misfits.map(told), of: 'variables' };
    const declared = getOperationAST(document, operationName)?.variableDefinitions ?? [];
    const names = new Set(declared.map(({ variable }) => variable.name.value));
    const used = Object.entries(variables ?? {}).filter(([name]) => names.has(name));
    return { asked: { query, operationName, variables: Object.fromEntries(used) } };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [told(error)], of: 'document' };
    throw error;
  }
}

const told = (error: GraphQLError): GraphQLFormattedError => error.toJSON();
