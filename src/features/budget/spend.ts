import { DomainError } from '../../core/errors.ts';
import { messageOf } from '../../core/outside-text.ts';
import type { Ctx } from '../../platform/context.ts';
import { throughOutages } from '../../platform/database/outage.ts';
import { StorageAway } from '../../platform/storage/storage-away.ts';
import { type Receipt, receiptOf } from '../../providers/price.ts';
import type { CallOptions } from '../../providers/capabilities/capability.ts';
import type { Reservation } from '../../providers/reservation.ts';
import { isBlocked, isInVain, ProviderError } from '../../providers/provider-error.ts';
import { OutcomeUnknown } from './outcome-unknown.ts';
import type { Caller } from './record-call.ts';
import { book, isFree, type Purchase, settle } from './reservation.ts';

/** What spending takes: it tells the log who spends. */
type SpendCtx = Pick<Ctx, 'db'> & { actor: Caller };

/** Makes the call that costs. */
export type Pay = <Goods extends Partial<Receipt>>(
  call: (reservation: Reservation, options: CallOptions) => Promise<Goods>,
) => Promise<Goods>;

export type SpendOptions = {
  purchase: Purchase;
  /** Ends a call that is free. One that costs is only ended by its time limit: cut short, it may have been charged. */
  signal: AbortSignal;
  /** Seconds the provider has to answer; after that nobody knows. */
  limitSeconds: number;
};

/** Charged, and nothing to show for it: it is not bought again by itself. */
export class LostGoods extends DomainError {
  constructor(cause: unknown) {
    const code = cause instanceof DomainError ? cause.code : 'INTERNAL';
    super(code, `It was paid for, and could not be kept: ${messageOf(cause)}`, { cause });
  }
}

/** Charged, and it waits on the shelf for the storage to take it; its purchase is booked. */
export class NotKept extends StorageAway {
  constructor(what: string, cause: unknown) {
    super(`${what} is paid for, and the storage does not take it yet`, cause);
  }
}

/**
 * Does the work around a call that costs. Where that fails, the ledger is told at once what it means for the money, in
 * a transaction of its own; where it succeeds, the caller settles in the transaction that keeps the result.
 *
 * @throws {OutcomeUnknown} if the call may have been charged; {LostGoods} if what it bought is lost; {NotKept} as
 * `use` does; else what `use` throws.
 */
export async function spend<Result>(
  ctx: SpendCtx,
  { purchase, signal, limitSeconds }: SpendOptions,
  use: (pay: Pay) => Promise<Result>,
): Promise<Result> {
  const { reservation } = purchase;
  if (isFree(purchase)) return use((call) => call(reservation, { signal }));
  let isCalled = false;
  let goods: Partial<Receipt> | null = null;
  const billOf = (error: unknown) => goods ?? (error instanceof ProviderError ? error.receipt : null);
  const pay: Pay = async (call) => {
    isCalled = true;
    const bought = await call(reservation, { signal: AbortSignal.timeout(limitSeconds * 1_000) });
    goods = bought;
    return bought;
  };
  try {
    return await use(pay);
  } catch (error) {
    const bill = billOf(error);
    if (bill === null) throw await bookFailure(ctx, purchase, isCalled, error);
    const microUsd = await writeOff(ctx, purchase, bill);
    if (error instanceof NotKept) throw error;
    if (goods !== null || !hasLeftNothing(error)) throw new LostGoods(error);
    error.chargedMicroUsd = microUsd;
    throw error;
  }
}

/** Whether an answer that was charged brought nothing that could be lost: a refusal, or nothing of use. */
const hasLeftNothing = (error: unknown): error is ProviderError => isInVain(error) || isBlocked(error);

/** @returns what it cost, in micro-USD. */
function writeOff({ db, actor }: SpendCtx, purchase: Purchase, goods: Partial<Receipt>): Promise<number> {
  const receipt = receiptOf({ usage: null, requestId: null, ...goods });
  return throughOutages(() =>
    db.$transaction(async (tx) => (await settle(tx, actor, purchase, receipt)) ?? 0),
  );
}

/** @returns what the failure is for the engine. */
async function bookFailure({ db, actor }: SpendCtx, purchase: Purchase, isCalled: boolean, error: unknown) {
  const { operationKey } = purchase.reservation;
  const isKnown = !isCalled || (error instanceof ProviderError && error.outcome !== 'UNKNOWN');
  const outcome = isKnown ? 'NOT_CHARGED' : 'UNKNOWN';
  const booked = throughOutages(() => db.$transaction((tx) => book(tx, actor, operationKey, outcome)));
  if (isKnown) {
    await booked;
    return error;
  }
  // Nobody knows, whether that was written or not; the engine books it with the step's failure.
  await booked.catch(() => {});
  return new OutcomeUnknown(operationKey, messageOf(error), { cause: error });
}
