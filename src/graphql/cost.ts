/** What an operation may ask for at most, told before it is executed. */
import { complexityFromQuery } from '@pothos/plugin-complexity';
import {
  type DocumentNode,
  getNullableType,
  type GraphQLArgument,
  type GraphQLOutputType,
  type GraphQLSchema,
  isListType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { DEFAULT_PAGE, MAX_PAGE } from './page-size.ts';

/** What a page counts beside its rows: it is read by statements of its own, in each row of the page around it. */
const PAGE_FIELDS = 20;
/** What a field counts that reads one row by itself; for its `complexity`. */
export const READ_FIELDS = 10;
/** What a field counts whose text may be 20,000 characters long, for its `complexity`: an answer stays at some megabytes. */
export const LONG_TEXT_FIELDS = 50;
/** What a field counts for which all is read that is said in a video, some megabytes or more: an answer has nine of them at most. */
export const TALK_FIELDS = 5_000;
/** What a scene's share of such a text counts: all of a film's together are as long. */
export const TEXT_PART_FIELDS = 5;

/** Entries that a list without pages is taken to have: a film has at most 15 scenes, a scene two keyframes. */
const LIST_ENTRIES = 10;

export type Cost = {
  /** Fields within fields, at the deepest. */
  depth: number;
  /** Fields of the longest answer: those of a page as often as it may have rows, those of other lists ten times, and what reads by itself many times. */
  complexity: number;
};

export type CostLimits = Readonly<Cost>;

type Field = { name: string; args: readonly GraphQLArgument[]; type: GraphQLOutputType };

/** A field counts once unless it reads by itself, and what is under it as often as it may be there. */
function fieldComplexity({ first, last, ids }: Record<string, unknown>, _ctx: object, field: Field) {
  const { name, args, type } = field;
  if (Array.isArray(ids)) return { field: 1, multiplier: ids.length };
  const isPage = args.some((argument) => argument.name === 'first');
  if (isPage) return { field: PAGE_FIELDS, multiplier: pageSize(first ?? last) };
  // A page's edges were counted with it.
  const isList = isListType(getNullableType(type)) && name !== 'edges';
  return { field: 1, multiplier: isList ? LIST_ENTRIES : 1 };
}

function pageSize(asked: unknown): number {
  const size = typeof asked === 'number' ? asked : DEFAULT_PAGE;
  return Math.min(Math.max(size, 1), MAX_PAGE);
}

/** For Pothos' complexity plugin, which keeps with each field what it counts. */
export const COMPLEXITY_OPTIONS = {
  fieldComplexity,
  // Nothing is measured while fields are resolved: operations are before.
  disabled: true,
} as const;

/**
 * Measures a valid operation of a document. Introspection counts as one field.
 *
 * @throws {GraphQLError} if `variables` do not fit it.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown> = {},
): Cost {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const measured = { ...document, definitions: [operation, ...fragments] };
  const { depth, complexity } = complexityFromQuery(measured, { schema, variables });
  return { depth, complexity };
}

/** What of `cost` is beyond `limits`, and the way out; null if nothing is. */
export function costIssue({ depth, complexity }: Cost, limits: CostLimits): string | null {
  if (depth > limits.depth)
    return `Its fields lie ${depth} deep, and ${limits.depth} are allowed; ask for less, or in several steps.`;
  if (complexity > limits.complexity)
    return `It may ask for ${complexity} fields, and ${limits.complexity} are allowed; ask for less, or for smaller pages.`;
  return null;
}
