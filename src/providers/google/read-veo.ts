/** What an operation of Veo says of its clip. Pure: JSON in, a verdict out. */
import type { ClipVerdict } from '../clip-verdict.ts';
import { field, listOf, numberOf, textOf } from './json-walk.ts';
import { readError, verdictOfError } from './read-error.ts';
import { refusedBySafety } from './refused-input.ts';

/** A film as an answer has it: where it was put, or itself in base64. */
export type FilmFound = { uri: string } | { data: string };

/** Names under which films are listed, until now (public reports, 2026-10). */
const LISTS = ['videos', 'generatedVideos', 'generatedSamples'];
const ADDRESSES = ['gcsUri', 'uri'];
const BYTES = ['bytesBase64Encoded', 'videoBytes', 'encodedVideo'];

/** Where films, counts and reasons have stood. */
const holdersOf = (operation: unknown): unknown[] => {
  const response = field(operation, 'response');
  return [response, field(response, 'generateVideoResponse')];
};

/** The first film of an operation that can be fetched. */
export function filmOfVeo(operation: unknown): FilmFound | null {
  const entries = holdersOf(operation).flatMap((holder) =>
    LISTS.flatMap((name) => listOf(field(holder, name))),
  );
  for (const entry of entries.flatMap((each) => [field(each, 'video'), each])) {
    const uri = firstText(entry, ADDRESSES);
    if (uri !== null) return { uri };
    const data = firstText(entry, BYTES);
    if (data !== null) return { data };
  }
  return null;
}

const firstText = (value: unknown, names: string[]): string | null =>
  names.map((name) => textOf(field(value, name))).find((text) => text !== null) ?? null;

/** What an operation comes to. A film that came in the answer itself is fetched by the operation's name. */
export function readVeo(operation: unknown, operationName: string): ClipVerdict {
  const film = filmOfVeo(operation);
  if (film) return { verdict: 'FILM', uri: 'uri' in film ? film.uri : operationName };
  const error = readError(field(operation, 'error'));
  if (error) return verdictOfError(error);
  const holders = holdersOf(operation);
  const reasons = holders.flatMap((holder) => listOf(field(holder, 'raiMediaFilteredReasons')));
  const words = reasons.flatMap((reason) => textOf(reason) ?? []).join(' ');
  const count = Math.max(...holders.map((holder) => numberOf(field(holder, 'raiMediaFilteredCount'))));
  if (words || count > 0) return refusedBySafety(words || 'Veo gave no reason.');
  const done = field(operation, 'done');
  if (done === true)
    return { verdict: 'NOT_KNOWN', about: 'NOTHING', words: 'The operation is done and has no clip.' };
  const isNamed = textOf(field(operation, 'name')) !== null;
  if (isNamed && (done === false || done == null)) return { verdict: 'STILL_WORKING' };
  return { verdict: 'NOT_KNOWN', about: 'ODD', words: 'The answer does not say how the clip stands.' };
}
