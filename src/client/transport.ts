import type { AnswerError, ApiError } from './api-error.ts';

export type Operation = {
  readonly query: string;
  /** Read each time it is sent: it tells where to go on. */
  readonly variables: Readonly<Record<string, unknown>>;
};

export type Result = { readonly data?: unknown; readonly errors?: readonly AnswerError[] };

/** Is told what becomes of an operation: results, then one of the two ends. */
export type Sink = {
  next(result: Result): void;
  fail(error: ApiError): void;
  complete(): void;
};

/** A way to the server. It does not come back after a cut: `follow` does. */
export type Transport = {
  /** Starts a subscription; what it returns stops it. */
  subscribe(operation: Operation, sink: Sink): () => void;
  /** Completes every subscription. */
  close(): void;
};

/** What is sent with a request, or in the payload of `connection_init`; asked for at each connection. */
export type ReadHeaders = () => Promise<Record<string, string>>;

/** Ours: longest until a connection stands. */
export const CONNECT_MILLISECONDS = 15_000;
