import type { Ctx } from '../platform/context.ts';

/** What a resolver gets: the feature's context, and where this request reached us. */
export type ApiContext = Ctx & {
  /** `http://host:port` as the client wrote it; absolute addresses are built from it. */
  origin: string;
};
