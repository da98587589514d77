import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { withoutLimits } from './server-connections.ts';

/** Longest wait for another process that starts; ours. One that died without a word keeps its lock for hours. */
const PATIENCE_MILLISECONDS = 120_000;
const LOOK_MILLISECONDS = 200;

const HOLDER = `SELECT pid FROM pg_locks
  WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32 | objid::bigint) = $1`;

/**
 * Does `work` while no other process does any under the same advisory lock of the session, and without limits of time.
 * The lock goes with the connection, which is of no more use if this throws.
 *
 * @throws {Error} naming the session that holds the lock, if it does so for two minutes.
 */
export async function alone<Result>(
  client: pg.ClientBase,
  lock: number,
  work: () => Promise<Result>,
): Promise<Result> {
  await waitFor(client, lock);
  const result = await withoutLimits(client, work);
  await client.query('SELECT pg_advisory_unlock($1)', [lock]);
  return result;
}

async function waitFor(client: pg.ClientBase, lock: number): Promise<void> {
  const end = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const { rows } = await client.query<{ isOurs: boolean }>('SELECT pg_try_advisory_lock($1) AS "isOurs"', [
      lock,
    ]);
    if (rows[0]?.isOurs) return;
    if (performance.now() > end) throw await heldBy(client, lock);
    await delay(LOOK_MILLISECONDS);
  }
}

async function heldBy(client: pg.ClientBase, lock: number): Promise<Error> {
  const { rows } = await client.query<{ pid: number }>(HOLDER, [lock]);
  const pid = rows[0]?.pid ?? 'unknown';
  return new Error(
    `another start holds lock ${lock} of the database for ${PATIENCE_MILLISECONDS / 1_000} s (session ${pid}); wait for it, or end it with "SELECT pg_terminate_backend(${pid})"`,
  );
}
