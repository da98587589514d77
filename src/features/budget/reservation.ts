/** Setting money aside before a call, and booking what became of it. Nothing else makes a `Reservation`. */
import { newId } from '../../core/ids.ts';
import type { Provider } from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Quote, Receipt, Usage } from '../../providers/price.ts';
import type { PaidCall } from '../../providers/paid-call.ts';
import type { Reservation } from '../../providers/reservation.ts';
import { requireCapability } from '../../providers/registry.ts';
import { rankedScopes } from './balance.ts';
import { billOfSeconds, billOfUsage, type Charge, type SetAside } from './bill.ts';
import { costOf, type Rates, ratesOf } from './cost-of.ts';
import { type Closing, insertClosing, insertReservation, readOpenCalls } from './ledger.sql.ts';
import { AnswerMissing } from './outcome-unknown.ts';
import { OverBudget } from './over-budget.ts';
import { tellOverrun } from './overrun.ts';
import { dayOf } from './price-age.ts';
import { type Caller, recordCall } from './record-call.ts';

/** A call that is to be made. */
export type Intent = {
  provider: Provider;
  call: PaidCall;
  quote: Quote;
  /** What is bought, whatever number of calls it takes; a subject has one open call at most. */
  subject: string;
  /** What it counts for besides its run and what that works on, narrowest first; nothing unless given. */
  scopes?: readonly string[];
};

/** For which run a call is made, and what all calls of that run count for: itself, then what it works on. */
export type Payer = { runId: string; workspaceId: string; scopes: readonly string[] };

/** A call for which money is set aside, and what its price will be told from. */
export type Purchase = {
  reservation: Reservation;
  /** Its entry in the ledger; null for a call that is free. */
  entryId: string | null;
  /** The rates of its day. */
  rates: Rates;
  most: Usage;
};

/**
 * Sets aside the most that a call may cost. Call it in the transaction before the call: committed, the money is set
 * aside whatever happens, and until that is known nobody buys the same again. One statement, and none for a call
 * that is free.
 *
 * @throws {OverBudget} if a cap has no room for it; nothing is written.
 * @throws {AnswerMissing} if an earlier call for the subject was never answered: its process died.
 */
export async function reserveMoney(tx: Tx, payer: Payer, intent: Intent): Promise<Purchase> {
  const { provider, call, quote, subject } = intent;
  const { most } = quote;
  const { model } = requireCapability(provider, call);
  const rates = ratesOf(model, quote, dayOf(new Date()));
  const microUsd = costOf(most, rates);
  if (microUsd === 0) return { reservation: grant(subject, 0), entryId: null, rates, most };
  const { runId, workspaceId } = payer;
  const entryId = newId();
  const scopes = rankedScopes([...(intent.scopes ?? []), ...payer.scopes], workspaceId);
  const made = await insertReservation(tx, {
    id: entryId,
    workspaceId,
    runId,
    scopes,
    subject,
    microUsd,
    provider,
    model: model.name,
    call,
    most,
    rates,
  });
  if (made.outcome === 'OVER') throw new OverBudget(microUsd, scopes, made);
  if (made.outcome === 'OPEN') throw new AnswerMissing(made.key);
  return { reservation: grant(made.key, microUsd), entryId, rates, most };
}

const grant = (operationKey: string, microUsd: number) => ({ operationKey, microUsd }) as Reservation;

/** What was bought and booked before, and is only fetched from where it lies. */
export const paidBefore = (subject: string): Purchase => ({
  reservation: grant(subject, 0),
  entryId: null,
  rates: {},
  most: {},
});

/** Whether nobody is paid for it: it may simply be made again. */
export const isFree = ({ reservation }: Purchase): boolean => reservation.microUsd === 0;

/**
 * Books what a call cost, by what the provider says it used; where it does not say, what was set aside. Records it in the
 * name of `caller`. Nothing for a call that is free.
 *
 * @returns that cost, in micro-USD; null if it was booked before, and nothing is written.
 */
export async function settle(
  tx: Tx,
  caller: Caller,
  purchase: Purchase,
  receipt: Receipt,
): Promise<number | null> {
  if (isFree(purchase)) return 0;
  const { operationKey, microUsd } = purchase.reservation;
  const aside = { ...purchase, microUsd };
  return charge(tx, caller, operationKey, aside, {
    ...billOfUsage(aside, receipt),
    requestId: receipt.requestId,
  });
}

/** @returns what was booked; null if that was done before. */
async function charge(
  tx: Tx,
  caller: Caller,
  operationKey: string,
  { microUsd: reservedMicroUsd }: SetAside,
  bill: Charge & Pick<Receipt, 'requestId'>,
): Promise<number | null> {
  if (!(await close(tx, caller, operationKey, { kind: 'SETTLE', ...bill }))) return null;
  const { microUsd } = bill;
  if (microUsd > reservedMicroUsd) await tellOverrun(tx, operationKey, { microUsd, reservedMicroUsd });
  return microUsd;
}

/** What became of a call that is not answered with a receipt. */
export type Outcome =
  /** It was charged, and nobody says what was used: what was set aside is booked, as an estimate. */
  | 'CHARGED'
  /** The provider did what was asked and takes nothing for it. */
  | 'FREE_OF_CHARGE'
  /** It was never taken, or it failed. */
  | 'NOT_CHARGED'
  | 'UNKNOWN';

const CLOSINGS = {
  CHARGED: { kind: 'SETTLE', microUsd: null, usage: null, isEstimate: true },
  FREE_OF_CHARGE: { kind: 'SETTLE', microUsd: 0, usage: {}, isEstimate: false },
  NOT_CHARGED: { kind: 'RELEASE', microUsd: null, usage: null, isEstimate: false },
  UNKNOWN: { kind: 'UNKNOWN', microUsd: null, usage: null, isEstimate: false },
} as const;

/** Books what became of one call, and records it in the name of `caller`. @returns false if that was known before: nothing is written then. */
export const book = (
  tx: Tx,
  caller: Caller,
  operationKey: string,
  outcome: Outcome,
  requestId: string | null = null,
): Promise<boolean> => close(tx, caller, operationKey, { ...CLOSINGS[outcome], requestId });

/**
 * Gives back what was set aside for a call that was never made; nothing where that was never committed. By its entry:
 * the key of one that was not committed may be another worker's by now, whose call is on its way.
 */
export async function giveBack(tx: Tx, caller: Caller, { entryId, reservation }: Purchase): Promise<void> {
  const entry = entryId && (await tx.ledgerEntry.findUnique({ where: { id: entryId } }));
  if (entry) await book(tx, caller, reservation.operationKey, 'NOT_CHARGED');
}

/** What is known of the cost of what was bought: what became of it, what was used, or how long it is. */
export type Known = Outcome | { usage: Usage; isEstimate?: boolean } | { measuredSeconds: number };

/** Books what became of the open call for a subject, if it has one. @returns whether it had. */
export async function bookSubject(
  tx: Tx,
  caller: Caller,
  subject: string,
  known: Known,
  requestId: string | null = null,
): Promise<boolean> {
  const [open] = await readOpenCalls(tx, { subject });
  if (!open) return false;
  const { operationKey } = open;
  if (typeof known === 'string') return book(tx, caller, operationKey, known, requestId);
  const aside = { ...open, microUsd: Number(open.microUsd) };
  const bill = 'usage' in known ? billOfUsage(aside, known) : billOfSeconds(aside, known.measuredSeconds);
  return (await charge(tx, caller, operationKey, aside, { ...bill, requestId })) !== null;
}

/** Whether it is known what became of a call: it was charged, or it was not. */
export const isClosed = async (tx: Tx, operationKey: string): Promise<boolean> =>
  (await tx.ledgerEntry.count({ where: { operationKey, kind: { in: ['SETTLE', 'RELEASE'] } } })) > 0;

/** Whether the last call for a subject was not charged, as far as is booked. */
export async function wasGivenBack(tx: Tx, subject: string): Promise<boolean> {
  const last = await tx.ledgerEntry.findFirst({ where: { subject }, orderBy: { id: 'desc' } });
  return last?.kind === 'RELEASE';
}

/** Books it and tells the log. @returns false if that was known before: nothing is written then. */
async function close(
  tx: Tx,
  caller: Caller,
  operationKey: string,
  of: Omit<Closing, 'id' | 'operationKey'>,
): Promise<boolean> {
  const reserved = await insertClosing(tx, { id: newId(), operationKey, ...of });
  if (reserved === null) return false;
  await recordCall(tx, caller, { operationKey, ...of, reserved });
  return true;
}
