import { type ApiError, connectionLost } from './api-error.ts';
import type { Result, Sink } from './transport.ts';

/** Ours: results that wait to be taken. With more, the subscription is stopped until they are, and begun again. */
const MOST_WAITING = 1_000;

/**
 * The results of a subscription, one by one; ends when the server completes it or `signal` is aborted, and stops it when
 * nobody takes them any more.
 *
 * @param subscribe starts it and returns what stops it.
 * @throws {ApiError} once those that came before are taken.
 */
export async function* resultsOf(
  subscribe: (sink: Sink) => () => void,
  signal: AbortSignal,
): AsyncGenerator<Result, void> {
  const waiting: Result[] = [];
  let end: { error?: ApiError } | undefined;
  let wake: (() => void) | undefined;
  let stop: (() => void) | undefined;
  const finish = (error?: ApiError) => {
    end ??= error ? { error } : {};
    stop?.();
    wake?.();
  };
  const onAbort = () => finish();
  signal.addEventListener('abort', onAbort);
  try {
    stop = subscribe({
      next(result) {
        if (end) return;
        waiting.push(result);
        if (waiting.length >= MOST_WAITING) finish(connectionLost('Events come faster than they are taken.'));
        wake?.();
      },
      fail: finish,
      complete: () => finish(),
    });
    while (!signal.aborted) {
      const result = waiting.shift();
      if (result) yield result;
      else if (end?.error) throw end.error;
      else if (end) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    stop?.();
  }
}
