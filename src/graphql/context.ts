import type { Ctx } from '../platform/context.ts';

/** What a resolver gets: the feature's context, and where this request reached us. */
export type ApiContext = Ctx & {
  /** `http://host:port` as the client wrote it; absolute addresses are built from it. */
  origin: string;
  /** Cursor of the last event heard by a client that comes back over Server-Sent Events; null for others. */
  lastEventId: string | null;
};
