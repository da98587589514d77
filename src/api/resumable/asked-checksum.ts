/** The checksum that a request's piece must have: the tus server does not hand it on. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Checksum } from './checksum.ts';

const asked = new AsyncLocalStorage<Checksum | null>();

/** Does `work`, whose piece must have the checksum. */
export const withChecksum = <Result>(checksum: Checksum | null, work: () => Promise<Result>) =>
  asked.run(checksum, work);

export const askedChecksum = (): Checksum | null => asked.getStore() ?? null;
