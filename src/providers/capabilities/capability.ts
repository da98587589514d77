/** What every capability has in common; its own file says the rest. */
import { cleanText } from '../../core/outside-text.ts';
import type { ModelStanding } from '../model-standing.ts';
import type { Model } from '../model.ts';
import type { Notes } from '../notes.ts';
import type { Quote, Receipt } from '../price.ts';
import type { RateLimit } from '../rate-limit.ts';
import type { Reservation } from '../reservation.ts';

/** Something that a vendor does for money, by one of its models. Files in, files out; it knows nothing of rows or runs. */
export type Capability<Asked> = {
  /** The model that does it, with its prices. */
  model: Model;
  /** Says what a call will use, before it is made. Pure. */
  quote: (asked: Asked) => Quote;
  /** Absent for what has no limit. */
  rateLimit?: RateLimit;
  /** Asks for the model: free, remembered for a while, and never throws. Absent where there is nobody to ask. */
  askForModel?: () => Promise<ModelStanding>;
};

export type CallOptions = {
  /** Stops the work; the call then rejects with the signal's reason. */
  signal: AbortSignal;
  /** Called now and then with the share done, 0 to 1. */
  onProgress?: (share: number) => void;
  /** Where the adapter writes down what it learns; in the process alone unless given. */
  notes?: Notes;
};

/** Buys something, once. Throws `ProviderError`, which says whether the same call may be made again. */
export type PaidFor<Order, Goods> = (
  order: Order,
  reservation: Reservation,
  options: CallOptions,
) => Promise<Goods & Receipt>;

/** Its calls, by name: all that it does that takes time. */
type CallsOf<Offered> = {
  [
    Name in Exclude<keyof Offered, keyof Capability<never>> as Offered[Name] extends (
      ...order: never[]
    ) => Promise<unknown>
      ? Name
      : never
  ]: Offered[Name];
};

type Edges<Offered> = Offered extends unknown
  ? { [Name in keyof CallsOf<Offered>]: (call: CallsOf<Offered>[Name]) => CallsOf<Offered>[Name] }
  : never;

type All<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer Both) => void
  ? Both
  : never;

/** What there is to know of a capability, whoever offers it. */
export type CapabilityKind<Offered> = {
  /** What a vendor offers of it: a type, and nothing at run time. */
  offered?: Offered;
  /** What a call does, for people. */
  does: string;
  /** The same calls with their texts made fit to be kept; nothing of a vendor's reaches the program another way. */
  edges: All<Edges<Offered>>;
};

/** Declares a capability; `capabilities.ts` lists it. */
export const defineCapability = <Offered>(kind: CapabilityKind<Offered>): CapabilityKind<Offered> => kind;

/** The same call, whose goods are cleaned before anybody has them. */
export const cleaned =
  <Order extends unknown[], Goods>(clean: (goods: Goods) => Goods) =>
  (call: (...order: Order) => Promise<Goods>) =>
  async (...order: Order): Promise<Goods> =>
    clean(await call(...order));

/** For what has no text in it. */
export const asItIs = <Call>(call: Call): Call => call;

/** Longest name or address of a provider's, in UTF-16 units; ours, several times Google's longest. */
const LONGEST_NAME = 4_000;

/** A name that every column takes. */
export const cleanName = (name: string): string => cleanText(name, LONGEST_NAME);

/** What a receipt says, with its name cleaned. */
export const cleanReceipt = ({ requestId }: Pick<Receipt, 'requestId'>): Pick<Receipt, 'requestId'> => ({
  requestId: requestId === null ? null : cleanName(requestId),
});
