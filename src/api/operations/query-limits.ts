import { type DocumentNode, getOperationAST, GraphQLError, type GraphQLSchema } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { type Cost, type CostLimits, costIssue, costOf } from '../../graphql/cost.ts';
import { introspectionCost } from '../../graphql/introspection-cost.ts';

/** Ours: far beyond every page of a program of ours, and an answer of some megabytes. */
export const QUERY_LIMITS: CostLimits = { depth: 20, complexity: 50_000 };

/** Ours: an event is executed for each group of subscribers, of which a key may have thousands; ten times what a page follows. */
export const SUBSCRIPTION_LIMITS: CostLimits = { depth: 20, complexity: 10_000 };

/** Ours: twice what tools ask of the schema; made on the spot, more would keep everybody waiting. */
const MAX_INTROSPECTION = 100_000;

type Operation = {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName?: string | null | undefined;
  variableValues?: { readonly [name: string]: unknown } | null | undefined;
};

/**
 * Refuses operations that may ask for too much (`QUERY_TOO_COMPLEX`) before anything of them is executed, and tells in
 * `extensions.cost` what the others may. Variables must have been checked before.
 */
export function useQueryLimits(): Plugin {
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const cost = measure(args);
      if (cost === null) return undefined;
      const refusal = refusalOf(cost, QUERY_LIMITS);
      if (refusal) return setResultAndStopExecution({ errors: [refusal] });
      const { depth, complexity } = cost;
      return {
        onExecuteDone({ result, setResult }) {
          if (!isAsyncIterable(result))
            setResult({ ...result, extensions: { ...result.extensions, cost: { depth, complexity } } });
        },
      };
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const cost = measure(args);
      const refusal = cost && refusalOf(cost, SUBSCRIPTION_LIMITS);
      if (refusal) setResultAndStopExecution({ errors: [refusal] });
    },
  };
}

type Asked = Cost & {
  /** Fields of the schema's own description. */
  introspection: number;
};

/** Null if nobody knows which operation is meant: none is executed then. */
function measure({ schema, document, operationName, variableValues }: Operation): Asked | null {
  const operation = getOperationAST(document, operationName);
  if (!operation) return null;
  const introspection = introspectionCost(schema, document, operation);
  return { ...costOf(schema, document, operation, { ...variableValues }), introspection };
}

function refusalOf({ introspection, ...cost }: Asked, limits: CostLimits): GraphQLError | null {
  const issue = costIssue(cost, limits) ?? introspectionIssue(introspection);
  if (issue === null) return null;
  const http = { spec: true, status: 400 };
  return new GraphQLError(issue, { extensions: { code: 'QUERY_TOO_COMPLEX', cost, http } });
}

const introspectionIssue = (fields: number): string | null =>
  fields > MAX_INTROSPECTION
    ? `It asks for about ${Math.round(fields)} fields of the schema's description, and ${MAX_INTROSPECTION} are allowed; ask once, for what you need.`
    : null;
