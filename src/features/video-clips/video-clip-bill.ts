import type { PipelineRun, Scene, VideoClip } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Usage } from '../../providers/price.ts';
import { madeSeconds } from '../budget/bill.ts';
import type { Caller } from '../budget/record-call.ts';
import { bookSubject, type Known } from '../budget/reservation.ts';
import { runStates } from '../runs/run-states.ts';
import { warn } from '../runs/run.ts';

type BilledVideoClip = Pick<VideoClip, 'id' | 'operationName'>;

const SUBJECT = 'clip:';

/** What the ledger calls the purchase of a clip. */
export const videoClipSubject = (videoClipId: string): string => `${SUBJECT}${videoClipId}`;

/** Bare UUID of the clip that a purchase is of; null for anything else. */
export const videoClipIdOf = (subject: string): string | null =>
  subject.startsWith(SUBJECT) ? subject.slice(SUBJECT.length) : null;

/** Books what became of the money set aside for a clip, within `tx`. @returns whether there was any. */
export const bookVideoClip = (
  tx: Tx,
  caller: Caller,
  { id, operationName }: BilledVideoClip,
  known: Known,
): Promise<boolean> => bookSubject(tx, caller, videoClipSubject(id), known, operationName);

/** What was charged for a clip, by the ledger as `tx` sees it, and whether that is an estimate; nothing before it is booked. */
export async function chargeOf(
  tx: Tx,
  { id }: Pick<BilledVideoClip, 'id'>,
): Promise<{ costMicroUsd: number; isEstimate: boolean }> {
  const booked = await tx.ledgerEntry.findFirst({ where: { subject: videoClipSubject(id), kind: 'SETTLE' } });
  return { costMicroUsd: Number(booked?.amountMicroUsd ?? 0n), isEstimate: booked?.isEstimate === true };
}

/** Books a clip by its length, if it was not by its usage, and warns of one that is not as long as was asked for. */
export async function bookMeasured(
  tx: Tx,
  { actor }: Pick<Ctx, 'actor'>,
  run: PipelineRun,
  { scene, clip }: { scene: Scene; clip: BilledVideoClip },
  measuredSeconds: number,
): Promise<void> {
  const name = `Clip of scene ${scene.sceneIndex + 1}`;
  if (await bookVideoClip(tx, actor, clip, { measuredSeconds }))
    await runStates.record(tx, actor, run, run.status, { message: `${name}: paid for, by its length.` });
  const asked = await askedSeconds(tx, clip);
  const made = asked === undefined ? null : madeSeconds(asked, measuredSeconds);
  if (made === null) return;
  const message = `${name}: ${asked} s were asked for, and ${made} s were made.`;
  await warn(tx, actor, run, message, { videoClipId: clip.id, askedSeconds: asked, measuredSeconds });
}

/** What was set aside for it, in seconds; undefined of one that cost nothing. */
async function askedSeconds(tx: Tx, { id }: Pick<BilledVideoClip, 'id'>): Promise<number | undefined> {
  const reserved = await tx.ledgerEntry.findFirst({
    where: { subject: videoClipSubject(id), kind: 'RESERVE' },
    orderBy: { id: 'desc' },
  });
  return (reserved?.usage as Usage | undefined)?.SECOND;
}
