/** What a webhook's payload holds: a GraphQL selection over the event. */
import {
  type DocumentNode,
  execute,
  getOperationAST,
  type GraphQLFormattedError,
  GraphQLError,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  isOutputType,
  Kind,
  type OperationDefinitionNode,
  validate,
} from 'graphql';
import { type InputIssue, InvalidInputError } from '../../core/errors.ts';
import type { ApiContext } from '../../graphql/context.ts';
import { type CostLimits, costIssue, costOf } from '../../graphql/cost.ts';
import { parseDocument } from '../../graphql/parse-document.ts';
import type { NumberedEntry } from '../audit/log/numbered-entry.ts';
import type { Selection } from './send.ts';

/** What subscriptions hear too: one selection serves both. */
const EVENT_TYPE = 'Event';

/** Ours: several screens. */
const MAX_LENGTH = 10_000;
/** Ours: what has so many tokens has far more fields than are allowed. */
const MAX_TOKENS = 2_000;
/** Ours: read for every event that is sent, not once as a query is. */
const LIMITS: CostLimits = { depth: 12, complexity: 1_000 };
/** Past these a document is hopeless. */
const MAX_ERRORS = 20;

const FIELD = 'event';

/**
 * Reads a document: the selection in its braces, as in `{ ... on SceneChanged { cursor scene { status } } }`, with
 * fragments behind it if it needs them.
 *
 * @throws {InvalidInputError} at `document`, with each thing that does not fit the event and where it stands.
 */
export function readEventDocument(schema: GraphQLSchema, text: string): DocumentNode {
  const issues: InputIssue[] = [];
  const refuse = (message: string) => void issues.push({ path: ['document'], message });
  const document = text.length > MAX_LENGTH ? null : parseOrRefuse(text, refuse);
  if (text.length > MAX_LENGTH) refuse(`May have at most ${MAX_LENGTH.toLocaleString('en')} characters.`);
  const selection = document && overEvent(document, refuse);
  if (selection) misfitsOf(payloadSchema(schema), selection).forEach(refuse);
  const [first, ...others] = issues;
  if (first) throw new InvalidInputError([first, ...others]);
  if (!selection) throw new Error('A document without issues has a selection');
  return selection;
}

/** What a selection asks for that the event has not, or too much of. */
function misfitsOf(schema: GraphQLSchema, selection: DocumentNode): string[] {
  const errors = validate(schema, selection, undefined, { maxErrors: MAX_ERRORS });
  if (errors.length > 0) return errors.map(({ message, locations }) => `${message}${placeOf(locations)}`);
  const operation = getOperationAST(selection);
  const tooMuch = operation && costIssue(costOf(schema, selection, operation), LIMITS);
  return tooMuch ? [tooMuch] : [];
}

/** Selects what a document asks for of an event, as `context` sees it. */
export async function selectEvent(
  schema: GraphQLSchema,
  document: DocumentNode,
  entry: NumberedEntry,
  context: ApiContext,
  present: (error: GraphQLError) => GraphQLFormattedError,
): Promise<Selection> {
  const rootValue = { [FIELD]: entry };
  const args = { schema: payloadSchema(schema), document, rootValue, contextValue: context };
  const { data, errors } = await execute(args);
  return { data: data?.[FIELD] ?? null, ...(errors && { errors: errors.map(present) }) };
}

function parseOrRefuse(text: string, refuse: (message: string) => void): DocumentNode | null {
  try {
    return parseDocument(text, MAX_TOKENS);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    refuse(`${error.message}${placeOf(error.locations)}`);
    return null;
  }
}

/** The same selection, but of the field that holds the event. */
function overEvent(document: DocumentNode, refuse: (message: string) => void): DocumentNode | null {
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (!operation || operations.length > 1 || !isBare(operation)) {
    refuse(
      'Must be one selection in braces, as in { ... on LiveEvent { cursor } }, without a name, variables or directives.',
    );
    return null;
  }
  const { selectionSet } = operation;
  const field = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: FIELD }, selectionSet } as const;
  const wrapped = { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections: [field] } } as const;
  return {
    ...document,
    definitions: document.definitions.map((each) => (each === operation ? wrapped : each)),
  };
}

const isBare = ({ operation, name, variableDefinitions = [], directives = [] }: OperationDefinitionNode) =>
  operation === 'query' && !name && variableDefinitions.length === 0 && directives.length === 0;

const schemas = new WeakMap<GraphQLSchema, GraphQLSchema>();

/** The same graph, entered at an event: a document reaches what the event leads to, and nothing else. */
function payloadSchema(schema: GraphQLSchema): GraphQLSchema {
  const known = schemas.get(schema);
  if (known) return known;
  const type = schema.getType(EVENT_TYPE);
  if (!type || !isOutputType(type)) throw new Error(`The graph has no type ${EVENT_TYPE}`);
  const query = new GraphQLObjectType({
    name: 'WebhookPayload',
    fields: { [FIELD]: { type: new GraphQLNonNull(type) } },
  });
  const { mutation: _mutation, subscription: _subscription, ...config } = schema.toConfig();
  const made = new GraphQLSchema({ ...config, query });
  schemas.set(schema, made);
  return made;
}

function placeOf(locations: GraphQLError['locations']): string {
  const [first] = locations ?? [];
  return first ? ` (line ${first.line}, column ${first.column})` : '';
}
