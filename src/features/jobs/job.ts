/** Jobs: finding them, and what their rows and runs count for. */
import { scopeOf } from '../../core/scopes.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { ownedThrough } from '../../platform/database/owned.ts';
import { registerFiles } from '../assets/named-files.sql.ts';
import { tellCapsOf } from '../budget/over-budget.ts';

/** The jobs `actor` may see. One whose rows are still being read is nobody's yet. */
export const visibleJobs = ownedThrough('Job');
/** The rows of jobs `actor` may see. */
export const visibleRows = ownedThrough('JobRow', 'job');

tellCapsOf('job', { name: 'of the job', wayOut: 'raise it with setJobCostCap' });
tellCapsOf('job_row', {
  name: 'of the row',
  wayOut: 'retry the row with retryRows, with a higher cap of its own',
});

registerFiles({
  type: 'Job',
  noun: 'The sheet of a job',
  rows: Prisma.sql`
    SELECT j.id, j.workspace_id, NULL::uuid AS project_id, j.source_key AS key, true AS is_current,
      j.created_at AS since
    FROM jobs j WHERE j.source_key IS NOT NULL`,
});

/** The scope of a job. */
export const jobScope = (id: string): string => scopeOf('Job', id);
/** The scope of a row of a job. */
export const rowScope = (id: string): string => scopeOf('JobRow', id);
