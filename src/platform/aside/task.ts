/** What a module must export by default to be done aside: pure work, whose input and output can be cloned. */
export type Task<Input = unknown, Output = unknown> = (input: Input) => Output;

/** To the thread. Without an input it only gets the module ready. */
export type Request = { id: number; module: string; input?: unknown };

export type Answer = { id: number } & (
  | { kind: 'done'; result: unknown; milliseconds: number }
  | { kind: 'failed'; error: unknown }
);
