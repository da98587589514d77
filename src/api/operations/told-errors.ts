import { GraphQLError, type GraphQLFormattedError, Source, type SourceLocation } from 'graphql';

/** Lines that are looked for in all; ours: past these the places of errors are not told, for it takes milliseconds. */
const MOST_LINES = 20_000;

/** Makes errors that came from elsewhere as text what they were there, without the document that they are about. */
export function errorsAgain(errors: readonly GraphQLFormattedError[]): GraphQLError[] {
  let lines = 0;
  return errors.map(({ message, locations = [], extensions = {} }) => {
    for (const { line } of locations) lines += line;
    const places = lines <= MOST_LINES && locations.length > 0 ? placesIn(locations) : {};
    return new GraphQLError(message, { ...places, extensions });
  });
}

/** A document of nothing that has these locations: Yoga makes errors anew, and keeps of where they are no more than that. */
function placesIn(locations: readonly SourceLocation[]): { source: Source; positions: number[] } {
  const last = Math.max(...locations.map(({ line }) => line));
  const columns = new Map<number, number>();
  for (const { line, column } of locations) columns.set(line, Math.max(column, columns.get(line) ?? 0));
  const beginnings: number[] = [];
  let body = '';
  for (let line = 1; line <= last; line += 1) {
    beginnings[line] = body.length;
    body += `${' '.repeat(columns.get(line) ?? 0)}\n`;
  }
  const positions = locations.map(({ line, column }) => (beginnings[line] ?? 0) + column - 1);
  return { source: new Source(body), positions };
}
