/** Turns refusals of the API into failures that name what the person typed. */
import type { ExecutionError } from './api-client.ts';
import { CliFailure, EXIT } from './exit-codes.ts';
import type { ErrorCode } from './generated/graphql.ts';

/** The argument or flag that a field of an input, or a variable, was filled from. */
const TYPED_AS: Record<string, string> = {
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
  name: '--character, --product',
  image: '--character, --product',
  projectId: 'PROJECT',
  runId: 'RUN',
  sceneId: 'SCENE',
  from: '--from',
  to: '--to',
  keyName: 'NAME',
  workspace: '--workspace',
  expiresAt: '--expires',
  prefix: 'PREFIX',
  id: 'ID',
};

type Refusal = {
  code: ErrorCode;
  message: string;
  path: string[] | null;
  issues?: { path: string[]; message: string }[];
};

const named = (path: readonly string[] | null | undefined, message: string) => {
  const field = path?.findLast((step) => step in TYPED_AS);
  return field === undefined ? message : `${TYPED_AS[field]}: ${message}`;
};

const exitCodeOf = (code: string) => (code === 'INVALID_INPUT' ? EXIT.badInput : EXIT.failed);

/**
 * The payload of a mutation's result.
 *
 * @param payload name of the union's member that is not a refusal.
 * @throws {CliFailure} naming every field that was refused.
 */
export function payloadOf<Result extends { __typename: string }, Name extends Result['__typename']>(
  result: Result,
  payload: Name,
): Extract<Result, { __typename: Name }> {
  if (result.__typename === payload) return result as Extract<Result, { __typename: Name }>;
  throw refused(result as unknown as Refusal);
}

function refused({ code, message, path, issues }: Refusal): CliFailure {
  const lines = issues?.map((issue) => named(issue.path, issue.message)) ?? [named(path, message)];
  return new CliFailure(exitCodeOf(code), lines.join(' '), { code });
}

/** The failure of a client that the server does not let in. */
export const notLetIn = (reason: string): CliFailure =>
  new CliFailure(EXIT.failed, `VIDPIPE_API_KEY: ${reason}`, { code: 'UNAUTHENTICATED' });

/** A failure made of the top-level errors of an answer. */
export function failureOf(errors: readonly ExecutionError[]): CliFailure {
  const lines = errors.flatMap(
    ({ message, extensions }) =>
      extensions?.issues?.map((issue) => named(issue.path, issue.message)) ?? [message],
  );
  const code = errors[0]?.extensions?.code ?? 'INTERNAL';
  if (code === 'UNAUTHENTICATED') return notLetIn(lines.join(' '));
  return new CliFailure(exitCodeOf(code), lines.join(' '), { code });
}
