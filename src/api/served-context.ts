import type { ApiContext } from '../graphql/context.ts';
import type { Outlet } from './live/outlet.ts';

/** What a transport adds to a resolver's context. */
export type Transport = {
  /** `http://host:port` as the client wrote it. */
  origin: string;
  /** Way to the subscriber, where the transport delivers events by itself; without it they are iterated. */
  outlet?: Outlet;
};

export type ServedContext = ApiContext & Transport;
