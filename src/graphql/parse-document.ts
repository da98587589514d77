import { type DocumentNode, GraphQLError, Lexer, parse, Source, TokenKind } from 'graphql';

/**
 * Ours: twenty fields within each other, each behind a fragment, and a value in the innermost. Far deeper, graphql-js
 * runs out of stack.
 */
const MAX_NESTING = 64;

const OPENING: readonly TokenKind[] = [TokenKind.BRACE_L, TokenKind.PAREN_L, TokenKind.BRACKET_L];
const CLOSING: readonly TokenKind[] = [TokenKind.BRACE_R, TokenKind.PAREN_R, TokenKind.BRACKET_R];

/**
 * Reads a document that is neither too long nor too deep to be walked.
 *
 * @param maxTokens more are not looked at.
 * @throws {GraphQLError} `QUERY_TOO_COMPLEX` if it is; without a code if it is no GraphQL.
 */
export function parseDocument(text: string, maxTokens: number): DocumentNode {
  const source = new Source(text);
  checkSize(source, maxTokens);
  return parse(source);
}

/** Reads tokens alone: the parser would already be too deep. */
function checkSize(source: Source, maxTokens: number): void {
  const lexer = new Lexer(source);
  let tokens = 0;
  let nesting = 0;
  while (lexer.advance().kind !== TokenKind.EOF) {
    const { kind, start } = lexer.token;
    tokens += 1;
    if (OPENING.includes(kind)) nesting += 1;
    if (CLOSING.includes(kind)) nesting -= 1;
    if (nesting > MAX_NESTING) throw tooComplex(source, start, `nests more than ${MAX_NESTING} brackets`);
    if (tokens > maxTokens) throw tooComplex(source, start, `has more than ${maxTokens} tokens`);
  }
}

const tooComplex = (source: Source, position: number, what: string) =>
  new GraphQLError(`The document ${what}; ask for less, or in several steps.`, {
    source,
    positions: [position],
    extensions: { code: 'QUERY_TOO_COMPLEX', http: { spec: true, status: 400 } },
  });
