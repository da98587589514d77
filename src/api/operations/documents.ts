import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  specifiedRules,
  validate,
  ValuesOfCorrectTypeRule,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { parseDocument } from '../../graphql/parse-document.ts';
import type { DocumentCache } from './document-cache.ts';
import { inputLiteralsRule } from './input-values.ts';
import { cut, MAX_ISSUES } from './issues.ts';

/** Ours: twice what all operations of the command line have; the rules below compare each field with each other. */
const MAX_TOKENS = 4_000;
/** Of an error: the first few tell where to look, and the beginning of a message what for. */
const MAX_LOCATIONS = 5;
const MAX_MESSAGE = 300;
const rules = [...specifiedRules.filter((rule) => rule !== ValuesOfCorrectTypeRule), inputLiteralsRule];

/**
 * Reads and validates documents: each valid one once, as long as it is among those that fit into the cache. What is
 * wrong with one is told in at most 20 errors of bounded length.
 */
export function useDocuments(cache: DocumentCache): Plugin {
  return {
    onParse({ params, setParseFn, setParsedDocument }) {
      const known = cache.get(String(params.source));
      if (known) setParsedDocument(known);
      else setParseFn(parseOrRefuse);
    },
    onValidate({ params, setValidationFn, setResult }) {
      const document = params.documentAST;
      if (cache.isKept(document)) return setResult([]);
      setValidationFn(misfitsOf);
      return ({ valid }) => {
        if (valid && document.loc) cache.keep(document.loc.source.body, document);
      };
    },
  };
}

/** @throws {GraphQLError} as the client sees it, if the text is no document or too long. */
export function parseOrRefuse(source: string): DocumentNode {
  try {
    return parseDocument(source, MAX_TOKENS);
  } catch (error) {
    throw error instanceof GraphQLError ? bounded(error, 'GRAPHQL_PARSE_FAILED') : error;
  }
}

/** What is wrong with a document, as the client sees it. */
export const misfitsOf = (schema: GraphQLSchema, document: DocumentNode): GraphQLError[] =>
  validate(schema, document, rules, { maxErrors: MAX_ISSUES }).map((error) =>
    bounded(error, 'GRAPHQL_VALIDATION_FAILED'),
  );

/** The same of each error as of the others, whatever text it quotes. Made anew: graphql-js shares one of them. */
function bounded(
  { message, nodes, source, positions, extensions }: GraphQLError,
  code: string,
): GraphQLError {
  return new GraphQLError(cut(message, MAX_MESSAGE), {
    ...(nodes ? { nodes: nodes.slice(0, MAX_LOCATIONS) } : { source, positions }),
    extensions: { code, http: { spec: true, status: 400 }, ...extensions },
  });
}
