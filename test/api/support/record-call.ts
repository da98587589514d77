import { scopesOf } from '../../../src/core/scopes.ts';
import { recordAudit } from '../../../src/features/audit/log/audit.ts';
import type { TestApi } from '../../support/test-api.ts';

/** Writes an entry of a project's log that is as large as its details, in a transaction of its own. */
export const recordCall = (
  { db, ctx }: TestApi,
  projectId: string,
  message: string,
  details: Record<string, string>,
): Promise<unknown> =>
  db.$transaction((tx) =>
    recordAudit(tx, ctx.actor, {
      subject: { type: 'Project', id: projectId },
      scopes: scopesOf({ Project: projectId }),
      eventType: 'API_CALL',
      message,
      details,
    }),
  );
