import type { PrismaClient, RunKind, RunStatus } from '../../generated/prisma/client.ts';

export type RunCount = { kind: RunKind; status: RunStatus; runs: number };

/** Counts the runs of the installation that have not ended; an index holds no others. */
export const countLiveRuns = (db: Pick<PrismaClient, '$queryRaw'>): Promise<RunCount[]> =>
  db.$queryRaw<RunCount[]>`
    SELECT kind, status, count(*)::int AS runs FROM pipeline_runs
    WHERE status IN ('QUEUED', 'RUNNING', 'PAUSED') GROUP BY kind, status`;
