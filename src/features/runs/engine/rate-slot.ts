import { newId } from '../../../core/ids.ts';
import type { PipelineRun, Provider } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { RateLimit } from '../../../providers/rate-limit.ts';
import type { PaidCall } from '../../../providers/paid-call.ts';
import { ProviderError } from '../../../providers/provider-error.ts';
import { getProvider, requireCapability } from '../../../providers/registry.ts';
import { Postponed } from './postponed.ts';
import { holdProvider, requireNoHold } from './provider-hold.ts';
import { lockRateSlots } from './rate-slot.sql.ts';

/** A free slot is left so long to those for whom a person waits, before a batch may take it. Milliseconds. */
const LEAD_MS = 500;
/** A window is kept so much longer: the way to the provider takes one call longer than another. Milliseconds. */
const SLACK_MS = 100;

export type RateSlot = { id: string; provider: Provider; call: PaidCall };

/**
 * Takes a slot at a provider that allows so many calls in a stretch of time, and perhaps in a day, over all workers;
 * commits with `tx`, so a call that is then not made has used up a slot, never the other way round. Nothing happens where
 * there is no limit.
 *
 * @throws {Postponed} when the next slot is free, or when the provider said that it may be asked again.
 */
export async function takeRateSlot(
  tx: Tx,
  { priority }: Pick<PipelineRun, 'priority'>,
  provider: Provider,
  call: PaidCall,
): Promise<RateSlot | null> {
  const limit = requireCapability(provider, call).rateLimit;
  if (!limit) return null;
  await requireNoHold(tx, { provider, call });
  await lockRateSlots(tx, provider, call);
  const now = new Date();
  const windowMs = limit.seconds * 1_000 + SLACK_MS + (priority === 'BATCH' ? LEAD_MS : 0);
  const windowStart = new Date(now.getTime() - windowMs);
  await forgetCalls(tx, provider, call, limit, now);
  const recent = await tx.providerCall.findMany({
    where: { provider, call, startedAt: { gt: windowStart } },
    orderBy: { startedAt: 'desc' },
    take: limit.calls,
  });
  const oldest = recent.length === limit.calls ? recent.at(-1) : undefined;
  if (oldest) throw new Postponed(new Date(oldest.startedAt.getTime() + windowMs));
  await requireDay(tx, provider, call, limit, now);
  const slot = { id: newId(), provider, call };
  await tx.providerCall.create({ data: { ...slot, startedAt: now } });
  return slot;
}

/** @throws {Postponed} at the end of the provider's day, if that has had all its calls. */
async function requireDay(
  tx: Tx,
  provider: Provider,
  call: PaidCall,
  { daily }: RateLimit,
  now: Date,
): Promise<void> {
  if (!daily) return;
  const { start, end } = daily.dayOf(now);
  const made = await tx.providerCall.count({ where: { provider, call, startedAt: { gte: start } } });
  if (made < daily.calls) return;
  const { label } = getProvider(provider);
  const reason = `${label} was asked ${made} times today for a ${call.toLowerCase()}, as often as a day allows.`;
  throw new Postponed(end, { code: 'PROVIDER_QUOTA', reason });
}

/** Removes calls that no window, and no day, reaches back to any more. */
async function forgetCalls(
  tx: Tx,
  provider: Provider,
  call: PaidCall,
  { seconds, daily }: RateLimit,
  now: Date,
): Promise<void> {
  const window = now.getTime() - seconds * 1_000 - SLACK_MS - LEAD_MS;
  const day = daily ? daily.dayOf(now).start.getTime() - 1 : Infinity;
  const reach = new Date(Math.min(window, day));
  await tx.providerCall.deleteMany({ where: { provider, call, startedAt: { lte: reach } } });
}

/**
 * Makes a call in its slot, which then counts from the moment at which the call began: what came before it, such as
 * fetching its files or a slow database, took its time. Where the provider says when it may be asked again, nobody asks
 * before.
 */
export async function inRateSlot<Answer>(
  { db }: Pick<Ctx, 'db'>,
  slot: RateSlot | null,
  call: () => Promise<Answer>,
): Promise<Answer> {
  if (!slot) return call();
  const noted = new Date();
  await noteStart(db, slot, noted);
  const began = new Date();
  const isLate = began.getTime() - noted.getTime() > SLACK_MS;
  // A call that is on its way may cost: that its slot counts from a little too early is no reason to lose the answer.
  const correct = () => noteStart(db, slot, began).catch(() => {});
  try {
    const [answer] = await Promise.all([call(), isLate && correct()]);
    return answer;
  } catch (error) {
    // What was answered is more than what could not be written of it.
    await holdAsTold(db, slot, error).catch(() => {});
    throw error;
  }
}

async function holdAsTold(db: Ctx['db'], slot: RateSlot, error: unknown): Promise<void> {
  if (!(error instanceof ProviderError) || error.code !== 'PROVIDER_QUOTA') return;
  const { retryAfterSeconds, message } = error;
  if (retryAfterSeconds !== null)
    await holdProvider(db, slot, { seconds: retryAfterSeconds, reason: message });
}

/** Not update: a slot older than the window was removed. */
const noteStart = (db: Ctx['db'], slot: RateSlot, startedAt: Date) =>
  db.providerCall.upsert({
    where: { id: slot.id },
    update: { startedAt },
    create: { ...slot, startedAt },
  });
