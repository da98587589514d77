import { newId } from '../../core/ids.ts';
import type { PipelineRun, Provider } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PaidCall, RateLimit } from '../../providers/provider.ts';
import { getProvider } from '../../providers/registry.ts';
import { NotYet } from './pipeline.ts';
import { holdTurns } from './turn.sql.ts';

/** A free turn is left so long to those for whom a person waits, before a batch may take it. Milliseconds. */
const LEAD_MS = 500;
/** A window is kept so much longer: the way to the provider takes one call longer than another. Milliseconds. */
const SLACK_MS = 100;

export type Turn = { id: string; provider: Provider; call: PaidCall };

/**
 * Takes a turn at a provider that allows so many calls in a stretch of time, over all workers; commits with `tx`, so
 * a call that is then not made has used up a turn, never the other way round. Nothing happens where there is no limit.
 *
 * @throws {NotYet} when the next turn is free.
 */
export async function takeTurn(
  tx: Tx,
  { priority }: Pick<PipelineRun, 'priority'>,
  provider: Provider,
  call: PaidCall,
): Promise<Turn | null> {
  const limit = getProvider(provider).rateLimits[call];
  if (!limit) return null;
  await holdTurns(tx, provider, call);
  const windowMs = limit.seconds * 1_000 + SLACK_MS + (priority === 'BATCH' ? LEAD_MS : 0);
  const windowStart = new Date(Date.now() - windowMs);
  await forgetCalls(tx, provider, call, limit);
  const recent = await tx.providerCall.findMany({
    where: { provider, call, startedAt: { gt: windowStart } },
    orderBy: { startedAt: 'desc' },
    take: limit.calls,
  });
  const oldest = recent.length === limit.calls ? recent.at(-1) : undefined;
  if (oldest) throw new NotYet(new Date(oldest.startedAt.getTime() + windowMs));
  const turn = { id: newId(), provider, call };
  await tx.providerCall.create({ data: { ...turn, startedAt: new Date() } });
  return turn;
}

/** Removes calls that no window reaches back to any more. */
async function forgetCalls(tx: Tx, provider: Provider, call: PaidCall, limit: RateLimit): Promise<void> {
  const reach = new Date(Date.now() - limit.seconds * 1_000 - SLACK_MS - LEAD_MS);
  await tx.providerCall.deleteMany({ where: { provider, call, startedAt: { lte: reach } } });
}

/** Lets the turn count from now: what came before the call, such as fetching its files, took its time. */
export async function useTurn({ db }: Pick<Ctx, 'db'>, turn: Turn | null): Promise<void> {
  if (!turn) return;
  const startedAt = new Date();
  // Not update: a turn older than the window was removed.
  await db.providerCall.upsert({
    where: { id: turn.id },
    update: { startedAt },
    create: { ...turn, startedAt },
  });
}
