/** Google's errors, as both surfaces word them (google.rpc.Status as JSON). */
import { jsonReply, type Reply } from '../paid-provider/reply.ts';

const NAMES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  410: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** An error's body; what it asks to wait stands in its details, not in a header. */
export function googleError(status: number, message: string, retryAfterSeconds?: number): Reply {
  const retry = {
    '@type': 'type.googleapis.com/google.rpc.RetryInfo',
    retryDelay: `${retryAfterSeconds}s`,
  };
  const details = retryAfterSeconds === undefined ? [] : [retry];
  return jsonReply({ error: { code: status, message, status: NAMES[status] ?? 'UNKNOWN', details } }, status);
}

/** An error of the Interactions API, whose code is a word (omni facts, 16). */
export const interactionError = (status: number, code: string, message: string): Reply =>
  jsonReply({ error: { message, code } }, status);
