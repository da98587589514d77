import { EXIT } from '../command/exit-codes.ts';

/** Longest a stop may take; whoever started this process kills it soon after. Milliseconds. */
const DEADLINE_MS = 10_000;

/** Ends this process with 1 if it is still there in ten seconds: something hangs. Does not keep it alive. */
export function mustEndSoon(): void {
  setTimeout(() => {
    console.error(`Something did not stop within ${DEADLINE_MS / 1_000} s; leaving without it.`);
    process.exit(EXIT.failed);
  }, DEADLINE_MS).unref();
}
