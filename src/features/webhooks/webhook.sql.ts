import type { PrismaClient, Webhook } from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';

/** Holds a webhook until `tx` ends, if there is one. */
export const lockWebhook = (tx: Tx, id: string): Promise<unknown> =>
  tx.$queryRaw`SELECT id FROM webhooks WHERE id = ${id}::uuid FOR UPDATE`;

/** Lets nobody else add webhooks to a workspace until `tx` ends. Rows that point to it may still be written. */
export const lockWebhooksOf = (tx: Tx, workspaceId: string): Promise<unknown> =>
  tx.$queryRaw`SELECT id FROM workspaces WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;

type Reader = Pick<PrismaClient, '$queryRaw'>;

/** One worker's hold on a webhook. */
export type WebhookClaim = Pick<Webhook, 'id' | 'claim'>;

/**
 * Claims up to `limit` enabled webhooks that are due and have something to read, longest due first, for
 * `leaseSeconds`. In SQL for SKIP LOCKED: any number of workers claim at once, each other ones.
 */
export const claimDueWebhooks = (db: Reader, limit: number, leaseSeconds: number): Promise<WebhookClaim[]> =>
  db.$queryRaw<WebhookClaim[]>`
    UPDATE webhooks w
    SET next_attempt_at = now() + ${leaseSeconds} * interval '1 second', claim = w.claim + 1
    FROM (
      SELECT id FROM webhooks due
      WHERE due.status = 'ENABLED' AND due.next_attempt_at <= now() AND EXISTS (
        SELECT FROM audit_logs l WHERE l.workspace_id = due.workspace_id AND l.sequence > due.cursor
      )
      ORDER BY due.next_attempt_at
      LIMIT ${limit}
      FOR UPDATE SKIP LOCKED
    ) claimed
    WHERE w.id = claimed.id
    RETURNING w.id, w.claim`;

/**
 * Moves webhooks that have nothing to read to the end of the log, or it would forget where they stand. Not those it has
 * forgotten: what they have missed, nobody knows. In SQL for one look at both: the log is numbered as it commits, so
 * nothing that is not seen lies before what is.
 */
export const catchUpIdleWebhooks = (db: Pick<PrismaClient, '$executeRaw'>): Promise<number> =>
  db.$executeRaw`
    UPDATE webhooks w
    SET cursor = greatest(w.cursor, (SELECT max(sequence) FROM audit_logs))
    WHERE w.cursor >= (SELECT min(sequence) - 1 FROM audit_logs) AND NOT EXISTS (
      SELECT FROM audit_logs l WHERE l.workspace_id = w.workspace_id AND l.sequence > w.cursor
    )`;

/** Milliseconds until the next enabled webhook that has something to read is due, by the database's clock; Infinity if none has. */
export async function nextWebhookDueMs(db: Reader): Promise<number> {
  const [row] = await db.$queryRaw<{ ms: number | null }[]>`
    SELECT (1000 * extract(epoch FROM min(w.next_attempt_at) - now()))::float8 AS ms FROM webhooks w
    WHERE w.status = 'ENABLED' AND EXISTS (
      SELECT FROM audit_logs l WHERE l.workspace_id = w.workspace_id AND l.sequence > w.cursor
    )`;
  return row?.ms ?? Infinity;
}
