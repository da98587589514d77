import type { Database } from './database/database.ts';

/** Jobs of a queue in one state. */
export type QueueLength = {
  queue: string;
  /** `ready` to be taken, `delayed` until their time comes, `active` in some worker's hands. */
  state: (typeof JOB_STATES)[number];
  jobs: number;
  /** Seconds since the oldest of them could have been taken; below zero for those that are delayed. */
  oldestSeconds: number;
};

export const JOB_STATES = ['ready', 'delayed', 'active'] as const;

/** Counts what is in the queues of the installation; queues and states without a job are left out. */
export async function readQueueLengths({ pool }: Pick<Database, 'pool'>): Promise<QueueLength[]> {
  const { rows } = await pool.query<QueueLength>(LENGTHS);
  return rows;
}

const LENGTHS = `SELECT name AS queue,
    CASE WHEN state = 'active' THEN 'active' WHEN start_after > now() THEN 'delayed' ELSE 'ready' END AS state,
    count(*)::int AS jobs, extract(epoch FROM now() - min(start_after))::float8 AS "oldestSeconds"
  FROM pgboss.job WHERE state IN ('created', 'retry', 'active') GROUP BY 1, 2`;
