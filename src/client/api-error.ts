/** An error of an answer, as far as this client reads it. */
export type AnswerError = {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly [name: string]: unknown };
};

/** What the server refused or could not do, or that it was not reached. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /**
   * One of the graph's enum `ErrorCode`; `CONNECTION_LOST`; `PROTOCOL` where the server and this client do not
   * understand each other, or something between them answers in the server's place.
   */
  readonly code: string;
  /** What the server said; empty where it said nothing. */
  readonly errors: readonly AnswerError[];
  /** What the server answered all the same: root fields that fail are null, the others were read or done. Null without. */
  readonly data: unknown;

  constructor(
    code: string,
    message: string,
    options: ErrorOptions & { errors?: readonly AnswerError[]; data?: unknown } = {},
  ) {
    super(message, options);
    this.code = code;
    this.errors = options.errors ?? [];
    this.data = options.data ?? null;
  }
}

/** Of an answer that holds errors. */
export const refusal = (errors: readonly AnswerError[], data?: unknown): ApiError =>
  new ApiError(errors[0]?.extensions?.code ?? 'INTERNAL', errors.map(({ message }) => message).join(' '), {
    errors,
    data,
  });

export const connectionLost = (cause: unknown): ApiError =>
  new ApiError('CONNECTION_LOST', 'The connection to the server was lost.', { cause });
