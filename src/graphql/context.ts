import type { Ctx } from '../platform/context.ts';

/** What a resolver gets: the feature's context, and where this request reached us. */
export type ApiContext = Ctx & {
  /** Where the client believes this server is, as in `http://host:port`; absolute addresses are built from it. */
  origin: string;
  /** What follows the address of a file, so that it opens without a key; empty where none is asked for. */
  mediaQuery: (storageKey: string) => string;
  /** Cursor of the last event heard by a client that comes back over Server-Sent Events; null for others. */
  lastEventId: string | null;
};
