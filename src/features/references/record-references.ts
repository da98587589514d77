import { scopesOf } from '../../core/scopes.ts';
import type { ReferenceImage } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { recordAudit } from '../audit/log/audit.ts';

/** Tells, as a change of the project, what became of a reference image; within `tx`. */
export async function recordReferences(
  tx: Tx,
  actor: Actor,
  { projectId, name }: Pick<ReferenceImage, 'projectId' | 'name'>,
  what: 'added' | 'removed',
): Promise<void> {
  const { version } = await tx.project.update({
    where: { id: projectId },
    data: { version: { increment: 1 } },
  });
  await recordAudit(tx, actor, {
    subject: { type: 'Project', id: projectId },
    scopes: scopesOf({ Project: projectId }),
    eventType: 'STATE_CHANGE',
    version,
    message: `Reference image "${name}" was ${what}.`,
    details: { referenceImage: { name, what } },
  });
}
