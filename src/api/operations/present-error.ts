import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { LONGEST_MESSAGE } from '../../core/outside-text.ts';
import { DomainError, SubscriptionOverflowError } from '../../core/errors.ts';
import { issuesOf } from '../../graphql/errors.ts';
import { LostCommit } from '../../platform/database/lost-commit.ts';
import { isOutage } from '../../platform/database/outage.ts';
import { cut } from './issues.ts';
import type { Log } from '../../platform/log.ts';

type Where = Pick<GraphQLError, 'nodes' | 'path'> | Record<string, never>;

/** Makes what a client sees of an error; what it made once, it leaves as it is. */
export type PresentError = (error: unknown) => GraphQLError;

/**
 * What a client sees of an error outside a mutation's union: refusals with their code, and of bugs
 * and outages no more than the id their log line has.
 */
export const errorPresenter =
  (log: Log): PresentError =>
  (error) => {
    const cause = rootCause(error);
    const where: Where = error instanceof GraphQLError ? { nodes: error.nodes, path: error.path } : {};
    if (cause instanceof DomainError) {
      const { code, message } = cause;
      const issues = code === 'INVALID_INPUT' ? { issues: issuesOf(cause) } : {};
      const cursor = cause instanceof SubscriptionOverflowError ? { cursor: cause.cursor } : {};
      const later = code === 'OVERLOADED' ? COME_BACK : {};
      return new GraphQLError(message, { ...where, extensions: { code, ...issues, ...cursor, ...later } });
    }
    if (cause instanceof GraphQLError) return bounded(error as GraphQLError);
    if (cause instanceof LostCommit || isOutage(cause)) {
      log.warn({ err: cause, path: where.path }, 'The database did not answer a request.');
      return outage(cause instanceof LostCommit, where);
    }
    const errorId = randomUUID();
    log.error({ errorId, err: cause, path: where.path }, 'A request failed.');
    return new GraphQLError('Something failed on our side.', {
      ...where,
      // `unexpected` makes Yoga answer with status 500 if there is no data; it is not sent.
      extensions: { code: 'INTERNAL', errorId, unexpected: true },
    });
  };

function outage(isLost: boolean, where: Where): GraphQLError {
  const message = isLost ? LOST : OVERLOADED;
  if (isLost) return new GraphQLError(message, { ...where, extensions: { code: 'OUTCOME_UNKNOWN' } });
  return new GraphQLError(message, { ...where, extensions: { code: 'OVERLOADED', ...COME_BACK } });
}

/** Ours: a restart of PostgreSQL takes about as long. */
const RETRY_AFTER_SECONDS = 5;
const COME_BACK = {
  retryAfterSeconds: RETRY_AFTER_SECONDS,
  http: { status: 503, headers: { 'retry-after': String(RETRY_AFTER_SECONDS) } },
};
const OVERLOADED = `The server is overloaded or waits for its database, and this was not done; try again in ${RETRY_AFTER_SECONDS} s.`;
const LOST =
  'The database did not tell whether this was done. Send it again with the same idempotencyKey, and it is done once; without a key, read first what there is.';

/** Messages of others quote what was sent, however long. */
function bounded(error: GraphQLError): GraphQLError {
  const { message, nodes, source, positions, path, extensions } = error;
  if (message.length <= LONGEST_MESSAGE) return error;
  return new GraphQLError(cut(message, LONGEST_MESSAGE), { nodes, source, positions, path, extensions });
}

function rootCause(error: unknown): unknown {
  const inner = error instanceof GraphQLError ? (error.originalError ?? error.cause) : undefined;
  return inner === undefined || inner === null ? error : rootCause(inner);
}

/** The error without what Yoga keeps in it for HTTP; Yoga strips that on HTTP alone. */
export function formatError(error: GraphQLError): GraphQLFormattedError {
  const { extensions, ...rest } = error.toJSON();
  const { http: _http, unexpected: _unexpected, ...shown } = extensions ?? {};
  return Object.keys(shown).length > 0 ? { ...rest, extensions: shown } : rest;
}
