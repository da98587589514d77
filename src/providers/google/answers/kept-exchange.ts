/** One request and its answer. Bodies are JSON where they were, else text; what is too long is shortened. */
export type KeptExchange = {
  method: string;
  /** With version and query. */
  path: string;
  asked: unknown;
  status: number;
  seconds: number;
  headers: Readonly<Record<string, string>>;
  body: unknown;
};
