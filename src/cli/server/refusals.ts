/** Turns refusals of the API into failures that name what the person typed. */
import type { ExecutionError } from './api-client.ts';
import { inCliWords } from '../command/api-words.ts';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import type { ErrorCode } from '../generated/graphql.ts';

/** The argument or option that a field of an input, or an argument of the API, was filled from. */
export type TypedAs = Readonly<Record<string, string>>;

const TYPED_AS: TypedAs = {
  prompt: 'prompt',
  title: '--title',
  style: '--style',
  aspectRatio: '--aspect-ratio',
  targetClipDuration: '--clip-duration',
  targetDuration: '--duration',
  crossfadeSeconds: '--crossfade',
  provider: '--provider',
  maxCostCents: '--max-cost',
  clipsFrom: '--clips-from',
  projectId: 'PROJECT',
  runId: 'RUN',
  sceneId: 'SCENE',
  from: '--from',
  to: '--to',
  keyName: 'NAME',
  workspace: '--workspace',
  expiresAt: '--expires',
  prefix: 'PREFIX',
};

type Refusal = {
  code: ErrorCode;
  message: string;
  path: string[] | null;
  issues?: { path: string[]; message: string }[];
};

/** A message for a person: API words turned into what was typed, and the option or argument it is about first. */
function told(path: readonly string[] | null | undefined, message: string, own: TypedAs): string {
  const typedAs = { ...TYPED_AS, ...own };
  const words = inCliWords(message).replaceAll(/`(\w+)`/g, (_quoted, name: string) => typedAs[name] ?? name);
  const field = path?.findLast((step) => step in typedAs);
  return field === undefined ? words : `${typedAs[field]}: ${words}`;
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
  const lines = (issues ?? [{ path, message }]).map((issue) => told(issue.path, issue.message, typedAs));
  return new CliFailure(exitCodeOf(code), lines.join(' '), { code });
}

/** The failure of a client that the server does not let in. */
export const notLetIn = (reason: string): CliFailure =>
  new CliFailure(EXIT.failed, `VIDPIPE_API_KEY: ${reason}`, { code: 'UNAUTHENTICATED' });

/** A failure made of the top-level errors of an answer; `typedAs` as for `payloadOf`. */
export function failureOf(errors: readonly ExecutionError[], typedAs: TypedAs = {}): CliFailure {
  const lines = errors.flatMap(({ message, extensions }) =>
    (extensions?.issues ?? [{ path: null, message }]).map((issue) =>
      told(issue.path, issue.message, typedAs),
    ),
  );
  const code = errors[0]?.extensions?.code ?? 'INTERNAL';
  if (code === 'UNAUTHENTICATED') return notLetIn(lines.join(' '));
  return new CliFailure(exitCodeOf(code), lines.join(' '), { code });
}
