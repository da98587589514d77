import { messageOf } from '../../core/outside-text.ts';

/** Why an address gave no answer. */
export type NoAnswerCode = 'ADDRESS_REFUSED' | 'TIMED_OUT' | 'UNREACHABLE';

/** There was no answer; the message is safe to show to whoever chose the address. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly code: NoAnswerCode;

  constructor(code: NoAnswerCode, message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.code = code;
  }
}

/** Does not say which address it was: names of a private network would be told to strangers. */
export const addressRefused = (hostname: string): NoAnswerError =>
  new NoAnswerError('ADDRESS_REFUSED', `${hostname} is not a public address, and no other is called.`);

/** What a failed call comes to. Node says nothing of a name that it tried at several addresses, but for the error of each. */
export function unreachable(error: unknown): NoAnswerError {
  if (error instanceof NoAnswerError) return error;
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  const message = first instanceof Error ? messageOf(first) : 'The receiver could not be reached.';
  return new NoAnswerError('UNREACHABLE', message, { cause: error });
}
