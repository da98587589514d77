/** What is said between this process and Google over HTTP, for who wants to keep it. */
import type { IncomingMessage } from 'node:http';

/** One request and all of its answer. */
export type Exchange = {
  method: string;
  url: string;
  /** Null without one. */
  requestBody: Buffer | null;
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** From the request to the end of the answer. */
  seconds: number;
};

/** Longest answer that is kept, in bytes; ours: several times a film of ten seconds in 4k. */
const MOST_BYTES = 256 * 1_024 * 1_024;

const watchers = new Set<(exchange: Exchange) => void>();

/** Hands every exchange to `watcher` once it is over, in this process; until the function that it returns is called. */
export function watchExchanges(watcher: (exchange: Exchange) => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/**
 * Reads along while an answer comes in; its reader notices nothing. Keeps nothing unless somebody watches.
 *
 * @param asked.begun when it was sent, by `performance.now()`.
 */
export function tapAnswer(
  asked: { method: string; url: string; body: Buffer | undefined; begun: number },
  answer: IncomingMessage,
): void {
  if (watchers.size === 0) return;
  const pieces: Buffer[] = [];
  let length = 0;
  let isOver = false;
  const push = answer.push.bind(answer);
  // Not by `on('data')`: that would begin the reading before the reader does.
  answer.push = (piece: Buffer | null, ...more) => {
    if (piece === null) {
      // Its end is pushed more than once where it says how long it is.
      if (!isOver) tell(asked, answer, Buffer.concat(pieces));
      isOver = true;
    } else if ((length += piece.length) <= MOST_BYTES) pieces.push(Buffer.from(piece));
    return push(piece, ...more);
  };
}

function tell(
  { method, url, body: asked, begun }: Parameters<typeof tapAnswer>[0],
  { statusCode: status = 0, headers: heads }: IncomingMessage,
  body: Buffer,
): void {
  const headers = Object.fromEntries(Object.entries(heads).map(([name, value]) => [name, String(value)]));
  const seconds = (performance.now() - begun) / 1_000;
  for (const watch of watchers)
    watch({ method, url, requestBody: asked ?? null, status, headers, body, seconds });
}
