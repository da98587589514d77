import { DomainError } from '../../../core/errors.ts';
import { idAmong, scopesOf } from '../../../core/scopes.ts';
import type { LedgerEntry } from '../../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { recordAudit } from '../../audit/log/audit.ts';
import { visibleEntries } from '../../budget/ledger.ts';
import { readOpenCalls } from '../../budget/ledger.sql.ts';
import { book } from '../../budget/reservation.ts';
import { CURRENT_CLIP } from '../../video-clips/current-clip.ts';
import { videoClipIdOf } from '../../video-clips/video-clip-bill.ts';
import { moveVideoClip } from '../../video-clips/video-clip-state.ts';
import { LIVE_STATUSES } from '../../runs/run-state.ts';
import { settleUnknownVideoClip } from './settle-unknown-video-clip.ts';

/** What a person found out at the provider about a call. */
export type Settlement = 'WAS_CHARGED' | 'NOT_CHARGED';

/**
 * Tells the ledger what became of a call of which nobody knew. What it was to make is not made by this: the project's
 * next run does that. A clip that is UNKNOWN is settled as `settleUnknownVideoClip` does, which lets it go on.
 *
 * @returns the entry that closes the call.
 * @throws {DomainError} `NOT_FOUND` if there is no such call, or not the actor's; `OUTCOME_KNOWN`; `RUN_IN_PROGRESS` if
 * its run is live and may still get the answer.
 */
export async function settleUnknownCall(
  ctx: Ctx,
  { operationKey, outcome }: { operationKey: string; outcome: Settlement },
): Promise<LedgerEntry> {
  const where = { operationKey, ...visibleEntries(ctx.actor) };
  const reserved = await ctx.db.ledgerEntry.findFirst({ where: { ...where, kind: 'RESERVE' } });
  if (!reserved) throw refusal('NOT_FOUND', 'No such call.');
  const clip = await unknownVideoClipOf(ctx, reserved);
  if (clip) await settleUnknownVideoClip(ctx, { videoClipId: clip.id, outcome: { kind: outcome } });
  else await ctx.db.$transaction((tx) => settle(tx, ctx, reserved, outcome));
  return ctx.db.ledgerEntry.findFirstOrThrow({ where: { ...where, kind: { in: ['SETTLE', 'RELEASE'] } } });
}

function unknownVideoClipOf({ db }: Ctx, { subject }: LedgerEntry) {
  const id = videoClipIdOf(subject);
  return id && db.videoClip.findFirst({ where: { id, status: 'UNKNOWN', ...CURRENT_CLIP } });
}

async function settle(tx: Tx, { actor }: Ctx, reserved: LedgerEntry, outcome: Settlement): Promise<void> {
  const { operationKey, scopes, runId, subject } = reserved;
  const open = (await readOpenCalls(tx, { subject })).find((call) => call.operationKey === operationKey);
  if (!open) throw refusal('OUTCOME_KNOWN', 'What became of the call is known.');
  if (!open.isUnknown && (await isLive(tx, runId)))
    throw refusal('RUN_IN_PROGRESS', 'The call may still be answered; wait, or cancel its run.');
  await endOrderedAnew(tx, actor, reserved, outcome);
  const isBooked = await book(tx, actor, operationKey, outcome === 'WAS_CHARGED' ? 'CHARGED' : 'NOT_CHARGED');
  if (!isBooked) throw refusal('OUTCOME_KNOWN', 'What became of the call is known.');
  await recordAudit(tx, actor, {
    subject: { type: 'LedgerEntry', id: reserved.id },
    scopes: scopesOf({ Project: idAmong(scopes, 'Project'), PipelineRun: runId }),
    eventType: 'STATE_CHANGE',
    message: `Call ${operationKey} was ${outcome === 'WAS_CHARGED' ? '' : 'not '}charged, a person says.`,
    details: { operationKey, outcome },
  });
}

/** A clip in whose place another was ordered: it has an end now, and nothing follows from that. */
async function endOrderedAnew(
  tx: Tx,
  actor: Actor,
  { subject }: LedgerEntry,
  outcome: Settlement,
): Promise<void> {
  const id = videoClipIdOf(subject);
  const clip = id && (await tx.videoClip.findUnique({ where: { id } }));
  if (!clip || clip.status !== 'UNKNOWN') return;
  const scene = await tx.scene.findUniqueOrThrow({ where: { id: clip.sceneId } });
  const status = outcome === 'WAS_CHARGED' ? 'LOST' : 'FAILED';
  await moveVideoClip(tx, actor, null, scene, clip, status);
}

const isLive = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.pipelineRun.count({ where: { id, status: { in: [...LIVE_STATUSES] } } })) > 0;

const refusal = (code: 'NOT_FOUND' | 'OUTCOME_KNOWN' | 'RUN_IN_PROGRESS', message: string) =>
  new DomainError(code, message, { path: ['operationKey'] });
