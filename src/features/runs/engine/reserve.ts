import type { PipelineRun } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { type Intent, type Purchase, reserveMoney } from '../../budget/reservation.ts';
import { scopesOfRun } from '../run-subject.ts';

/** Sets aside the most that a run's call may cost, as {@link reserveMoney}: it counts for the run and for what that works on. */
export const reserve = (tx: Tx, run: PipelineRun, intent: Intent): Promise<Purchase> =>
  reserveMoney(tx, { runId: run.id, workspaceId: run.workspaceId, scopes: scopesOfRun(run) }, intent);
