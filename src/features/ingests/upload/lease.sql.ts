/** Who has an upload that lies in blocks: by a lease in its row, by the clock of the database. */
import type { PrismaClient } from '../../../generated/prisma/client.ts';

type Db = Pick<PrismaClient, '$executeRaw' | '$queryRaw'>;
type Held = { id: string; holder: string };

/** Longer than a request waits between two renewals, also where the database is slow; ours. */
const LEASE_SECONDS = 15;
/** A wish that is older is of somebody who has gone. */
const WISH_SECONDS = 3;

/** Takes an upload that nobody has, or says that it is wanted. */
export async function takeLease(db: Db, { id, holder }: Held): Promise<'TAKEN' | 'WANTED' | 'GONE'> {
  const taken = await db.$executeRaw`
    UPDATE uploads SET held_by = ${holder}::uuid, held_until = now() + ${LEASE_SECONDS} * interval '1 second',
      wanted_at = NULL
    WHERE id = ${id}::uuid AND (held_by IS NULL OR held_until <= now())`;
  if (taken > 0) return 'TAKEN';
  const wanted = await db.$executeRaw`UPDATE uploads SET wanted_at = now() WHERE id = ${id}::uuid`;
  return wanted > 0 ? 'WANTED' : 'GONE';
}

/**
 * Keeps it for longer.
 *
 * @returns whether another wants it; null if it is lost, also by having slept.
 */
export async function renewLease(db: Db, { id, holder }: Held): Promise<{ isWanted: boolean } | null> {
  const [found] = await db.$queryRaw<{ isWanted: boolean }[]>`
    UPDATE uploads SET held_until = now() + ${LEASE_SECONDS} * interval '1 second'
    WHERE id = ${id}::uuid AND held_by = ${holder}::uuid AND held_until > now()
    RETURNING coalesce(wanted_at > now() - ${WISH_SECONDS} * interval '1 second', false) AS "isWanted"`;
  return found ?? null;
}

/** Gives it back; fine if it is lost. */
export const endLease = (db: Db, { id, holder }: Held): Promise<unknown> =>
  db.$executeRaw`
    UPDATE uploads SET held_by = NULL, held_until = NULL WHERE id = ${id}::uuid AND held_by = ${holder}::uuid`;

/** Whether a request has it. In a transaction that has the row, none comes to have it. */
export async function isHeld(db: Db, id: string): Promise<boolean> {
  const [found] = await db.$queryRaw<{ held: boolean }[]>`
    SELECT held_by IS NOT NULL AND held_until > now() AS held FROM uploads WHERE id = ${id}::uuid`;
  return found?.held ?? false;
}
