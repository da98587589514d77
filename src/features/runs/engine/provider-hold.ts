/** What a provider said of when it may be asked again: nobody asks before, whichever run it is for. */
import type { PrismaClient, Provider } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { PaidCall } from '../../../providers/paid-call.ts';
import { requireCapability } from '../../../providers/registry.ts';
import { Postponed } from './postponed.ts';

type Which = { provider: Provider; call: PaidCall };

/** A hold shorter than this is over before anybody wonders. Milliseconds. */
const SHORT_MS = 5_000;

/** Of another model other limits hold. */
const modelOf = ({ provider, call }: Which): string => requireCapability(provider, call).model.name;

/** Lets nobody make such a call for so many seconds; a longer hold stays as it is. */
export async function holdProvider(
  db: Pick<PrismaClient, 'providerHold'>,
  { provider, call }: Which,
  { seconds, reason }: { seconds: number; reason: string },
): Promise<void> {
  const key = { provider, call, model: modelOf({ provider, call }) };
  const word = { until: new Date(Date.now() + seconds * 1_000), reason };
  const held = await db.providerHold.findUnique({ where: { provider_call_model: key } });
  if (held && held.until > word.until) return;
  await db.providerHold.upsert({
    where: { provider_call_model: key },
    update: word,
    create: { ...key, ...word },
  });
}

/** @throws {Postponed} as long as the provider said that it takes no such call. */
export async function requireNoHold(tx: Tx, { provider, call }: Which): Promise<void> {
  const key = { provider, call, model: modelOf({ provider, call }) };
  const hold = await tx.providerHold.findUnique({ where: { provider_call_model: key } });
  if (!hold) return;
  const { until, reason } = hold;
  const leftMs = until.getTime() - Date.now();
  if (leftMs > 0) throw new Postponed(until, leftMs < SHORT_MS ? null : { code: 'PROVIDER_QUOTA', reason });
}
