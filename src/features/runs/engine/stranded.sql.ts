/** Runs that nothing moves: their jobs are gone, or nobody could tell whose they were. */
import type { PrismaClient } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { lockRun } from '../run.sql.ts';
import { actFor } from './act-for.ts';
import { advance } from './advance.ts';
import type { Flows } from './pipeline.ts';

/**
 * Moves the working runs on that have no job in the queue, of all workspaces, each in a transaction of its own. For
 * those that rightly have none, as while a provider makes their clips, it changes nothing; any number of processes may
 * do it.
 *
 * @returns how many it looked at.
 */
export async function moveStranded(ctx: Ctx, flows: Flows, signal: AbortSignal): Promise<number> {
  const runs = await findJobless(ctx.db);
  for (const { id } of runs) {
    signal.throwIfAborted();
    await recordTogether(ctx.db, async (tx) => {
      const run = await lockRun(tx, id);
      if (run) await advance(tx, actFor(ctx, run), flows, run);
    });
  }
  return runs.length;
}

const findJobless = (db: Pick<PrismaClient, '$queryRaw'>): Promise<{ id: string }[]> =>
  db.$queryRaw`
    SELECT r.id FROM pipeline_runs r
    WHERE r.status IN ('QUEUED', 'RUNNING') AND NOT EXISTS (
      SELECT FROM pgboss.job j
      WHERE j.state IN ('created', 'retry', 'active') AND j.data->>'runId' = r.id::text)`;
