/** What went wrong with a call of which no whole answer came, in a sentence. */

export type CutCall = {
  /** Seconds that it may take. */
  limitSeconds: number;
  /** Aborted once those are over. */
  timer: AbortSignal;
  /** Aborted by the timer or by whoever asked, whichever is first. */
  limit: AbortSignal;
  /** By `performance.now()`. */
  startedAt: number;
  sends: number;
  /** Whether the last of them went out. */
  isSent: boolean;
};

/** In words that name the time limit that ran, if one did; the innermost error has the socket's own words. */
export function wordsOf(call: CutCall, causes: Error[]): string {
  const { limit, sends, isSent } = call;
  const detail = causes.at(-1)?.message ?? 'no reason given';
  if (sends === 0 && !limit.aborted) return `the call could not be sent: ${detail}`;
  if (!isSent && !limit.aborted) return `it could not be reached (${detail}).`;
  if (limit.aborted) return wordsOfEnd(call);
  if (causes.some(({ name }) => name === 'SyntaxError')) return 'the answer is malformed.';
  return `the connection broke (${detail}).`;
}

function wordsOfEnd({ limitSeconds, timer, limit, startedAt, isSent }: CutCall): string {
  const passed = rounded((performance.now() - startedAt) / 1_000);
  const isOwn = limit.reason === timer.reason;
  if (!isOwn && !isTimeout(limit.reason))
    return isSent
      ? `it was stopped after ${passed} s, before an answer came.`
      : `it was stopped after ${passed} s; nothing was sent.`;
  // Of the caller's limit nothing is known but when it ended; it began a moment before the call, in whole seconds.
  const seconds = isOwn ? limitSeconds : passed;
  return isSent
    ? `no answer came in ${seconds} s.`
    : `it could not be reached in ${seconds} s; nothing was sent.`;
}

/** Whole seconds, where there are any. */
const rounded = (seconds: number): number =>
  seconds >= 0.5 ? Math.round(seconds) : Math.round(seconds * 10) / 10;

const isTimeout = (reason: unknown): boolean => reason instanceof Error && reason.name === 'TimeoutError';

/** An error and what caused it, outermost first. */
export function* chainOf(error: unknown): Generator<Error> {
  if (!(error instanceof Error)) return;
  yield error;
  yield* chainOf(error.cause);
}
