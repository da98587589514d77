/** Turns refusals of the API into failures that name what the person typed. */
import { inCliWords, typedAsOf } from '../command/api-words.ts';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import type { ErrorCode } from '../generated/graphql.ts';

/** What fields of an input, or arguments of the API, were filled from, where another command fills them otherwise. */
export type TypedAs = Readonly<Record<string, string>>;

/** An error of an answer, as far as the command line reads it. */
export type ExecutionError = {
  message: string;
  extensions?: { code?: string; issues?: { path: string[]; message: string }[] };
};

type Refusal = {
  code: ErrorCode;
  message: string;
  path: string[] | null;
  issues?: { path: string[]; message: string }[];
};

/** Of a list. */
const INDEX = /^\d+$/;

/** As the API writes it: `rows[3].prompt`. */
const placeIn = (path: readonly string[]): string =>
  path.map((step, index) => (INDEX.test(step) ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');

/** What is wrong with a field, which is named whether or not a person typed it. */
const issueTold = ({ path, message }: { path: string[]; message: string }, own: TypedAs): string =>
  told(path, message, own, path.length > 0 ? placeIn(path) : undefined);

/** A message for a person: API words turned into what was typed, and the option or argument it is about first. */
function told(
  path: readonly string[] | null | undefined,
  message: string,
  own: TypedAs,
  otherwise?: string,
): string {
  const wordOf = (field: string) => (Object.hasOwn(own, field) ? own[field] : typedAsOf(field));
  const words = inCliWords(message).replaceAll(/`(\w+)`/g, (_quoted, name: string) => wordOf(name) ?? name);
  const typedAs = outOfLists(path ?? [])
    .map(wordOf)
    .findLast((word) => word !== undefined);
  return inFront(typedAs ?? otherwise, words);
}

const inFront = (field: string | undefined, words: string): string =>
  field === undefined ? words : `${field}: ${words}`;

/** The fields of a path that may have been typed: what lies in a list was not, though it may be called like what is. */
function outOfLists(path: readonly string[]): readonly string[] {
  const at = path.findIndex((step) => INDEX.test(step));
  return at < 0 ? path : path.slice(0, at);
}

const exitCodeOf = (code: string) => (code === 'INVALID_INPUT' ? EXIT.badInput : EXIT.failed);

/**
 * The payload of a mutation's result.
 *
 * @param payload name of the union's member that is not a refusal.
 * @param typedAs what fields were filled from, where that depends on the command.
 * @throws {CliFailure} naming every field that was refused.
 */
export function payloadOf<Result extends { __typename: string }, Name extends Result['__typename']>(
  answer: Result | null,
  payload: Name,
  typedAs: TypedAs = {},
): Extract<Result, { __typename: Name }> {
  const result = given(answer);
  if (result.__typename === payload) return result as Extract<Result, { __typename: Name }>;
  throw refused(result as unknown as Refusal, typedAs);
}

/** What an answer has where it has no errors: a root field is null beside one alone. */
export function given<Field>(field: Field | null): Field {
  if (field === null) throw new CliFailure(EXIT.failed, 'The server gave an empty answer.');
  return field;
}

function refused({ code, message, path, issues }: Refusal, typedAs: TypedAs): CliFailure {
  const lines = issues?.map((issue) => issueTold(issue, typedAs)) ?? [told(path, message, typedAs)];
  return new CliFailure(exitCodeOf(code), lines.join(' '), { code });
}

/** The failure of a client that the server does not let in. */
export const notLetIn = (reason: string): CliFailure =>
  new CliFailure(EXIT.failed, `VIDPIPE_API_KEY: ${reason}`, { code: 'UNAUTHENTICATED' });

/** A failure made of the top-level errors of an answer; `typedAs` as for `payloadOf`. */
export function failureOf(errors: readonly ExecutionError[], typedAs: TypedAs = {}): CliFailure {
  const lines = errors.flatMap(
    ({ message, extensions }) =>
      extensions?.issues?.map((issue) => issueTold(issue, typedAs)) ?? [told(null, message, typedAs)],
  );
  const code = errors[0]?.extensions?.code ?? 'INTERNAL';
  if (code === 'UNAUTHENTICATED') return notLetIn(lines.join(' '));
  return new CliFailure(exitCodeOf(code), lines.join(' '), { code });
}
