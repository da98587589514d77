import type { Provider } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { PaidCall } from '../../../providers/paid-call.ts';

/** Lets all workers ask for a slot one after another: counting and taking must not be torn apart. */
export const lockRateSlots = (tx: Tx, provider: Provider, call: PaidCall): Promise<unknown> =>
  tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`turn:${provider}:${call}`}, 0))::text`;
