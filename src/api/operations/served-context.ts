import type { ServerResponse } from 'node:http';
import type { Pass } from '../../features/api-keys/pass.ts';
import type { ApiContext } from '../../graphql/context.ts';
import type { Outlet } from '../live/outlet.ts';
import type { Upload } from '../uploads/uploads.ts';

/** What a transport adds to a resolver's context. */
export type Transport = {
  /** Where the client believes this server is: `http://host:port`. */
  origin: string;
  /** What let the client in. */
  pass: Pass;
  /** Way to the subscriber, where the transport delivers events by itself; without it they are iterated. */
  outlet?: Outlet;
  /** The form that the request came as, over HTTP. */
  upload?: Upload;
  /** What answers, over HTTP. */
  res?: ServerResponse;
};

export type ServedContext = ApiContext & Transport;
