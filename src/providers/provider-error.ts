import { DomainError, type ErrorCode } from '../core/errors.ts';
import { cleanText, LONGEST_MESSAGE } from '../core/outside-text.ts';
import type { RefusedInput } from '../generated/prisma/client.ts';
import type { Receipt } from './price.ts';

/**
 * What a failed call means for the next one.
 * - `NOT_ACCEPTED`: the provider did nothing (429, 503, no connection): the same call may be made again.
 * - `UNKNOWN`: the request went out and no answer came (reset, time limit, 500): it may have been bought.
 * - `REFUSED`: a verdict, the same tomorrow (400, 403, a safety filter): do not ask again.
 * - `IN_VAIN`: answered, and charged by its receipt, with nothing of use: another one may be asked for, a few times.
 */
export type FailureOutcome = 'NOT_ACCEPTED' | 'UNKNOWN' | 'REFUSED' | 'IN_VAIN';

/** Why it failed, for programs; `PROVIDER_FAILED` where the provider gives no reason that we know. */
export type FailureCode = Extract<
  ErrorCode,
  | 'PROVIDER_FAILED'
  | 'PROVIDER_QUOTA'
  | 'PROVIDER_BILLING'
  | 'PROVIDER_PERMISSION'
  | 'MODEL_NOT_FOUND'
  | 'INTERFACE_GONE'
  | 'REQUEST_REJECTED'
  | 'PROMPT_BLOCKED'
  | 'PROVIDER_UNAVAILABLE'
  | 'VIDEO_CLIP_LOST'
>;

/** How long a provider is waited for that is overloaded, or takes no more for now. */
export type Patience = {
  /** Before the second try; doubles with each, unless the provider says how long. */
  firstSeconds: number;
  /** Since the first try; then it is given up. */
  inAllSeconds: number;
  /** Longest wait between two tries; none unless given. */
  longestSeconds?: number;
};

/** A call to a provider failed. `message` is the provider's own, without secrets, and safe to show. */
export class ProviderError extends DomainError {
  readonly outcome: FailureOutcome;
  /** Seconds the provider asked to wait; null if it said nothing. */
  readonly retryAfterSeconds: number | null;
  /** The bill of a call that was answered with nothing of use; null for one that costs nothing, as far as is known. */
  readonly receipt: Receipt | null;
  /** Whether a filter's refusal is a matter of chance, so that the very same may pass. */
  readonly isChance: boolean;
  /** What a safety filter refused of a clip; `UNKNOWN` where the provider does not tell. */
  readonly refusedInput: RefusedInput;
  /** What its receipt came to once it was booked, in micro-USD. */
  chargedMicroUsd = 0;
  /** Of what passes by itself, sooner or later; null where each try counts. */
  readonly patience: Patience | null;

  constructor(
    outcome: FailureOutcome,
    message: string,
    options: ErrorOptions & {
      retryAfterSeconds?: number;
      code?: FailureCode;
      receipt?: Receipt;
      isChance?: boolean;
      refusedInput?: RefusedInput;
      patience?: Patience | null;
    } = {},
  ) {
    super(options.code ?? 'PROVIDER_FAILED', cleanText(message, LONGEST_MESSAGE), options);
    this.outcome = outcome;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
    this.receipt = options.receipt ?? null;
    this.isChance = options.isChance ?? false;
    this.refusedInput = options.refusedInput ?? 'UNKNOWN';
    this.patience = options.patience ?? null;
  }
}

/**
 * Whether a provider has nothing for who asks about what was bought, by its own word. Credentials that do not hold, and
 * an account that cannot pay, say nothing of it: once they are mended it is still there.
 */
export const isNotThere = ({ outcome, code }: ProviderError): boolean =>
  outcome === 'REFUSED' && code !== 'PROVIDER_PERMISSION' && code !== 'PROVIDER_BILLING';

/** Whether a call was charged and brought nothing of use: another may be asked for, a few times. */
export const isInVain = (error: unknown): error is ProviderError =>
  error instanceof ProviderError && error.outcome === 'IN_VAIN';

/** Whether a safety filter refused what was asked for: gentler words may pass. */
export const isBlocked = (error: unknown): error is ProviderError =>
  error instanceof ProviderError && error.outcome === 'REFUSED' && error.code === 'PROMPT_BLOCKED';

/** Verdicts that hold for every purchase: the key is refused, the account cannot pay, the model or the interface is gone. */
const FOR_ALL: ReadonlySet<string> = new Set([
  'MODEL_NOT_FOUND',
  'INTERFACE_GONE',
  'PROVIDER_PERMISSION',
  'PROVIDER_BILLING',
]);

/** Whether a code is the verdict on every purchase, and not on one: to go on buying is of no use. */
export const holdsForAll = (code: string | null): boolean => code !== null && FOR_ALL.has(code);

/** Whether a failure refused every purchase, and not only this one. */
export const isRefusedForAll = (error: unknown): error is ProviderError =>
  error instanceof ProviderError && error.outcome === 'REFUSED' && holdsForAll(error.code);
