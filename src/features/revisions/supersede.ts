/** What is the same of every row that another takes the place of: it stays, says why, and everybody hears of it. */
import type { NodeType } from '../../core/ids.ts';
import { scopesOf } from '../../core/scopes.ts';
import type { PipelineRun, Scene, SupersededBecause } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { recordAudit } from '../audit/log/audit.ts';

/** Why a row does not count any more. */
export type Why = {
  because: SupersededBecause;
  /** A sentence for people. */
  reason: string;
};

/** What of a row changes when it is superseded; for a `where` that names current rows only. */
export const superseded = ({ because, reason }: Why) => ({
  supersededAt: new Date(),
  supersededBecause: because,
  supersededReason: reason,
  version: { increment: 1 },
});

/** A row as it is once it was superseded. */
type Superseded = {
  type: NodeType;
  id: string;
  version: number;
  revision: number;
  /** As people call it: `END frame`. */
  name: string;
  /** More for programs. */
  details?: Record<string, unknown>;
};

/** Tells in the log, and so whoever listens, that a row of a scene was superseded; within `tx`, which did it. */
export const recordSuperseded = (
  tx: Tx,
  actor: Actor,
  run: Pick<PipelineRun, 'id'> | null,
  { projectId, sceneIndex }: Pick<Scene, 'projectId' | 'sceneIndex'>,
  { type, id, version, revision, name, details }: Superseded,
  { because, reason }: Why,
): Promise<void> =>
  recordAudit(tx, actor, {
    subject: { type, id },
    scopes: scopesOf({ Project: projectId, PipelineRun: run?.id }),
    eventType: 'STATE_CHANGE',
    version,
    message: `Scene ${sceneIndex + 1}: ${name} ${revision} does not count any more: ${reason}`,
    details: { ...details, sceneIndex, revision, superseded: because, reason },
  });
