import { type DocumentNode, getOperationAST, GraphQLError, type GraphQLSchema } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { type Cost, type CostLimits, costIssue, costOf } from '../../graphql/cost.ts';

/** Ours: far beyond every page of a program of ours, and an answer of some megabytes. */
export const QUERY_LIMITS: CostLimits = { depth: 20, complexity: 50_000 };

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
      const refusal = cost && refusalOf(cost);
      if (refusal) return setResultAndStopExecution({ errors: [refusal] });
      return {
        onExecuteDone({ result, setResult }) {
          if (cost && !isAsyncIterable(result))
            setResult({ ...result, extensions: { ...result.extensions, cost } });
        },
      };
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const cost = measure(args);
      const refusal = cost && refusalOf(cost);
      if (refusal) setResultAndStopExecution({ errors: [refusal] });
    },
  };
}

/** Null if nobody knows which operation is meant: none is executed then. */
function measure({ schema, document, operationName, variableValues }: Operation): Cost | null {
  const operation = getOperationAST(document, operationName);
  return operation ? costOf(schema, document, operation, { ...variableValues }) : null;
}

function refusalOf(cost: Cost): GraphQLError | null {
  const issue = costIssue(cost, QUERY_LIMITS);
  if (issue === null) return null;
  const http = { spec: true, status: 400 };
  return new GraphQLError(issue, { extensions: { code: 'QUERY_TOO_COMPLEX', cost, http } });
}
