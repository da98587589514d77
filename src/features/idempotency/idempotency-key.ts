/** Keys of a client's choice: a request that is sent again with the same one is answered with what the first made. */
import { createHash } from 'node:crypto';
import { DomainError, InvalidInputError } from '../../core/errors.ts';

/** Longest idempotency key, in UTF-16 units; ours, room for a UUID with a prefix many times over. */
const MAX_KEY_LENGTH = 200;

/** Identity of a request, whatever the order its fields were given in. */
export function digestOf(request: Record<string, unknown>): string {
  const sorted = Object.entries(request).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

/** @throws {InvalidInputError} naming `idempotencyKey`, if it is none. */
export function checkKey(key: string): void {
  if (key.length >= 1 && key.length <= MAX_KEY_LENGTH && !/\p{Cc}/u.test(key)) return;
  const message = `Must have 1 to ${MAX_KEY_LENGTH} characters, none of them a control character.`;
  throw new InvalidInputError([{ path: ['idempotencyKey'], message }]);
}

/** The key was used for another request. */
export const otherRequest = (): DomainError =>
  new DomainError(
    'IDEMPOTENCY_CONFLICT',
    'This idempotency key was used for a different request; choose a new one.',
    { path: ['idempotencyKey'] },
  );
