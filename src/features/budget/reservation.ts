/** Setting money aside before a call, and booking what became of it. Nothing else makes a `Reservation`. */
import { newId } from '../../core/ids.ts';
import type { PipelineRun, Provider } from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Quote, Receipt } from '../../providers/price.ts';
import type { PaidCall } from '../../providers/provider.ts';
import type { Reservation } from '../../providers/reservation.ts';
import { getProvider } from '../../providers/registry.ts';
import { costOf, type Rates, ratesOf } from './cost-of.ts';
import { insertClosing, insertReservation, readOpenCalls } from './ledger.sql.ts';
import { OutcomeUnknown } from './outcome-unknown.ts';
import { OverBudget } from './over-budget.ts';
import { dayOf } from './price-age.ts';

/** A call that is to be made. */
export type Intent = {
  provider: Provider;
  call: PaidCall;
  quote: Quote;
  /** What is bought, whatever number of calls it takes; a subject has one open call at most. */
  subject: string;
  /** Null for what belongs to no scene. */
  sceneId: string | null;
};

/** A call for which money is set aside, and what its price will be told from. */
export type Order = {
  reservation: Reservation;
  /** Its entry in the ledger; null for a call that is free. */
  entryId: string | null;
  /** The rates of its day. */
  rates: Rates;
};

/** What the ledger calls the purchases of a project's storyboard, of a scene's frame, of a clip. */
export const storyboardSubject = (projectId: string) => `storyboard:${projectId}`;
export const keyframeSubject = (sceneId: string, position: string) => `keyframe:${sceneId}:${position}`;
export const clipSubject = (clipId: string) => `clip:${clipId}`;

/**
 * Sets aside the most that a call may cost. Call it in the transaction before the call: committed, the money is set
 * aside whatever happens, and until that is known nobody buys the same again. One statement, and none for a call
 * that is free.
 *
 * @throws {OverBudget} if a cap has no room for it; nothing is written.
 * @throws {OutcomeUnknown} if an earlier call for the subject was never answered: its process died.
 */
export async function reserve(tx: Tx, run: PipelineRun, intent: Intent): Promise<Order> {
  const { provider, call, quote, subject, sceneId } = intent;
  const { most } = quote;
  const model = getProvider(provider).models[call];
  const rates = ratesOf(model, quote, dayOf(new Date()));
  const microUsd = costOf(most, rates);
  if (microUsd === 0) return { reservation: grant(subject, 0), entryId: null, rates };
  const { id: runId, workspaceId, projectId } = run;
  const entryId = newId();
  const ids = { id: entryId, workspaceId, projectId, runId, sceneId };
  const made = await insertReservation(tx, {
    ...ids,
    subject,
    microUsd,
    provider,
    model: model.name,
    call,
    most,
  });
  if (made.outcome === 'OVER') throw new OverBudget(microUsd, made);
  if (made.outcome === 'OPEN')
    throw new OutcomeUnknown(
      made.key,
      'its answer was never stored: the process that made it died, or was stopped',
    );
  return { reservation: grant(made.key, microUsd), entryId, rates };
}

const grant = (operationKey: string, microUsd: number) => ({ operationKey, microUsd }) as Reservation;

/** Whether nobody is paid for it: it may simply be made again. */
export const isFree = ({ reservation }: Order): boolean => reservation.microUsd === 0;

/**
 * Books what a call cost, by what the provider says it used; where it does not say, what was set aside. Nothing for a
 * call that is free.
 *
 * @returns that cost, in micro-USD; null if it was booked before, and nothing is written.
 */
export async function settle(tx: Tx, order: Order, { usage, requestId }: Receipt): Promise<number | null> {
  if (isFree(order)) return 0;
  const microUsd = usage === null ? order.reservation.microUsd : costOf(usage, order.rates);
  const isBooked = await close(tx, order.reservation.operationKey, {
    kind: 'SETTLE',
    microUsd,
    usage,
    requestId,
  });
  return isBooked ? microUsd : null;
}

/** What became of a call that is not answered with a receipt. */
export type Outcome =
  /** It cost what was set aside. */
  | 'CHARGED'
  /** The provider did what was asked and takes nothing for it. */
  | 'FREE_OF_CHARGE'
  /** It was never taken, or it failed. */
  | 'NOT_CHARGED'
  | 'UNKNOWN';

const CLOSINGS = {
  CHARGED: { kind: 'SETTLE', microUsd: null, usage: null },
  FREE_OF_CHARGE: { kind: 'SETTLE', microUsd: 0, usage: {} },
  NOT_CHARGED: { kind: 'RELEASE', microUsd: null, usage: null },
  UNKNOWN: { kind: 'UNKNOWN', microUsd: null, usage: null },
} as const;

/** Books what became of one call. @returns false if that was known before: nothing is written then. */
export const book = (
  tx: Tx,
  operationKey: string,
  outcome: Outcome,
  requestId: string | null = null,
): Promise<boolean> => close(tx, operationKey, { ...CLOSINGS[outcome], requestId });

/**
 * Gives back what was set aside for a call that was never made; nothing where that was never committed. By its entry:
 * the key of one that was not committed may be another worker's by now, whose call is on its way.
 */
export async function giveBack(tx: Tx, { entryId, reservation }: Order): Promise<void> {
  const entry = entryId && (await tx.ledgerEntry.findUnique({ where: { id: entryId } }));
  if (entry) await book(tx, reservation.operationKey, 'NOT_CHARGED');
}

/** Books what became of the open call for a subject, if it has one. @returns whether it had. */
export async function bookSubject(
  tx: Tx,
  projectId: string,
  subject: string,
  outcome: Outcome,
  requestId: string | null = null,
): Promise<boolean> {
  const [open] = await readOpenCalls(tx, { projectId, subject });
  return open !== undefined && book(tx, open.operationKey, outcome, requestId);
}

const close = (
  tx: Tx,
  operationKey: string,
  of: Omit<Parameters<typeof insertClosing>[1], 'id' | 'operationKey'>,
) => insertClosing(tx, { id: newId(), operationKey, ...of });
