import { newId } from '../../core/ids.ts';
import type { Provider } from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PaidCall } from '../../providers/provider.ts';
import { getProvider } from '../../providers/registry.ts';
import { NotYet } from './pipeline.ts';
import { holdTurns } from './turn.sql.ts';

/** So that those who wait for one window do not all come at its first moment. Milliseconds. */
const SPREAD_MS = 500;

/**
 * Takes a turn at a provider that allows so many calls in a stretch of time, over all workers; commits with `tx`, so
 * a call that is then not made has used up a turn, never the other way round. Nothing happens where there is no limit.
 *
 * @throws {NotYet} when the next turn is free.
 */
export async function takeTurn(tx: Tx, provider: Provider, call: PaidCall): Promise<void> {
  const limit = getProvider(provider).rateLimits[call];
  if (!limit) return;
  await holdTurns(tx, provider, call);
  const windowStart = new Date(Date.now() - limit.seconds * 1_000);
  await tx.providerCall.deleteMany({ where: { provider, call, startedAt: { lte: windowStart } } });
  const recent = await tx.providerCall.findMany({
    where: { provider, call },
    orderBy: { startedAt: 'desc' },
    take: limit.calls,
  });
  const oldest = recent.length === limit.calls ? recent.at(-1) : undefined;
  if (oldest) {
    const free = oldest.startedAt.getTime() + limit.seconds * 1_000;
    throw new NotYet(new Date(free + Math.random() * SPREAD_MS));
  }
  await tx.providerCall.create({ data: { id: newId(), provider, call, startedAt: new Date() } });
}
