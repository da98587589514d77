/** Caps: the most that something may cost, as rows of one table, whatever it is. */
import type { InputIssue } from '../../core/errors.ts';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';
import { inDollars, MICRO_USD_PER_CENT } from './money.ts';

/** Cents; null for no cap. */
export type Cap = number | null;

/** Largest cap, in cents: what GraphQL's Int holds, 21 million dollars. */
const MAX_CENTS = 2_147_483_647;

/** What is wrong with a cap; null lifts it. */
export function capIssues(name: string, cents: Cap): InputIssue[] {
  if (cents === null || (Number.isInteger(cents) && cents >= 0 && cents <= MAX_CENTS)) return [];
  const message = `Must be whole cents, 0 (nothing but what is free) or more, or null for no cap; not ${cents}.`;
  return [{ path: [name], message }];
}

/** What the log says of a cap that was set. */
export const capText = (what: string, cents: Cap): string =>
  cents === null
    ? `The cap of the ${what} was lifted.`
    : `The cap of the ${what} is ${inDollars(cents * MICRO_USD_PER_CENT)}.`;

/** The cap of a scope. Several at once become one statement. */
export const readCap = async (db: Pick<PrismaClient, 'costCap'>, scope: string): Promise<Cap> =>
  (await db.costCap.findUnique({ where: { scope } }))?.cents ?? null;

/**
 * Sets the cap of a scope, or lifts it, within `tx`. Waits for every transaction that a cap holds a run by. Of several,
 * set them in the order of their scopes, and before anything is locked that such a transaction may want: else they
 * deadlock.
 */
export async function setCap(tx: Tx, workspaceId: string, scope: string, cents: Cap): Promise<void> {
  if (cents === null) await tx.costCap.deleteMany({ where: { scope } });
  else
    await tx.costCap.upsert({
      where: { scope },
      create: { scope, workspaceId, cents },
      update: { cents },
    });
}
