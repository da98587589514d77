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

/**
 * Makes a call in its turn, which then counts from the moment at which the call began: what came before it, such as
 * fetching its files or a slow database, took its time.
 */
export async function inTurn<Answer>(
  { db }: Pick<Ctx, 'db'>,
  turn: Turn | null,
  call: () => Promise<Answer>,
): Promise<Answer> {
  if (!turn) return call();
  const noted = new Date();
  await noteStart(db, turn, noted);
  const began = new Date();
  const isLate = began.getTime() - noted.getTime() > SLACK_MS;
  // A call that is on its way may cost: that its turn counts from a little too early is no reason to lose the answer.
  const correct = () => noteStart(db, turn, began).catch(() => {});
  const [answer] = await Promise.all([call(), isLate && correct()]);
  return answer;
}

/** Not update: a turn older than the window was removed. */
const noteStart = (db: Ctx['db'], turn: Turn, startedAt: Date) =>
  db.providerCall.upsert({
    where: { id: turn.id },
    update: { startedAt },
    create: { ...turn, startedAt },
  });
