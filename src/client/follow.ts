import { ApiError, refusal } from './api-error.ts';
import { backOff } from './back-off.ts';
import { resultsOf } from './results.ts';
import type { Operation, Result, Transport } from './transport.ts';

export type FollowOptions = {
  /** Ends it, without an error. */
  signal?: AbortSignal;
  /**
   * Reads the state anew, for what was missed is not told any more: the log no longer reaches back, or was put back (`CURSOR_EXPIRED`),
   * too much happened unread (`SUBSCRIPTION_OVERFLOW`), or the connection was lost before the first event. Events follow
   * once it resolves: all since before it was called, so that some may be in that state already (`version` tells).
   *
   * Without it the log is told whole or not at all: an overflow goes on from the last event, an expired cursor throws.
   */
  onReset?: (reason: ApiError) => unknown;
};

export type FollowLimits = {
  /** How often it is tried again without success. */
  attempts: number;
  /** Whether a client that is not let in may be with what it shows next. */
  renews: boolean;
};

/** After so long a connection was a good one: what ends it then is a new misfortune. */
const STEADY_MILLISECONDS = 30_000;
/** Faults of the server itself: an event that it cannot tell stays so. */
const MOST_FAULTS = 5;

/** Where the log is now: the marker, and none of its events. */
const POSITION = 'subscription Position { workspaceEvents(types: []) { ... on LiveEvent { cursor } } }';

/** Follows one subscription through cuts, from event to event. */
export class Follower<Data> {
  readonly #transport: Transport;
  readonly #operation: Operation;
  readonly #options: FollowOptions;
  readonly #limits: FollowLimits;
  readonly #signal: AbortSignal;
  /** Cursor to go on from; null where the subscription begins by itself. */
  #after: string | null;
  /** Place of the last event that was told. */
  #told: bigint | null = null;
  /** Why the state is to be read anew before anything else. */
  #reset: ApiError | null = null;
  #tries = 0;

  constructor(
    transport: Transport,
    { query, variables }: Operation,
    options: FollowOptions & FollowLimits & { signal: AbortSignal },
  ) {
    this.#transport = transport;
    this.#after = (variables['after'] as string | null | undefined) ?? null;
    const place = () => this.#after;
    this.#operation = {
      query,
      // graphql-ws comes back by itself after a close with 1000, and sends it again.
      get variables() {
        return { ...variables, after: place() };
      },
    };
    this.#options = options;
    this.#limits = options;
    this.#signal = options.signal;
  }

  /** @throws {ApiError} if the server refuses, or is not reached in as many attempts as there may be. */
  async *events(): AsyncGenerator<Data, void> {
    while (!this.#signal.aborted) {
      const began = performance.now();
      try {
        yield* this.#connect();
        return;
      } catch (error) {
        if (this.#signal.aborted) return;
        if (performance.now() - began > STEADY_MILLISECONDS) this.#tries = 0;
        this.#recover(error);
      }
      await backOff(this.#tries, this.#signal);
      this.#tries += 1;
    }
  }

  /** The events of one connection, until the server completes them. */
  async *#connect(): AsyncGenerator<Data, void> {
    if (this.#reset) await this.#readAnew(this.#reset);
    for await (const result of this.#listen(this.#operation)) {
      const event = this.#accept(result);
      if (event) yield event;
    }
  }

  #listen(operation: Operation) {
    return resultsOf((sink) => this.#transport.subscribe(operation, sink), this.#signal);
  }

  /** The event, if it was not told before. */
  #accept(result: Result): Data | null {
    const cursor = cursorOf(result);
    const place = BigInt(cursor);
    if (this.#told !== null && place <= this.#told) return null;
    this.#tries = 0;
    this.#told = place;
    this.#after = cursor;
    return result.data as Data;
  }

  /** Plans what is to be done after `error`, or throws it. */
  #recover(error: unknown): void {
    if (!(error instanceof ApiError)) throw error;
    const { onReset } = this.#options;
    const isGap = error.code === 'CURSOR_EXPIRED' || error.code === 'SUBSCRIPTION_OVERFLOW';
    // Until something was told it has no place to come back to.
    if (onReset && (isGap || this.#after === null)) this.#reset = error;
    if (this.#tries >= this.#triesOf(error.code)) throw error;
  }

  #triesOf(code: string): number {
    const { attempts, renews } = this.#limits;
    switch (code) {
      case 'CONNECTION_LOST':
      case 'TOO_MANY_SOCKETS':
      case 'SUBSCRIPTION_OVERFLOW':
        return attempts;
      case 'CURSOR_EXPIRED':
        return this.#reset ? attempts : 0;
      case 'INTERNAL':
      case 'OVERLOADED':
        return Math.min(attempts, MOST_FAULTS);
      case 'UNAUTHENTICATED':
        return renews ? Math.min(attempts, 1) : 0;
      default:
        return 0;
    }
  }

  /** The place comes before the reading, so that nothing falls between the two. */
  async #readAnew(reason: ApiError): Promise<void> {
    let position: string | null = null;
    for await (const result of this.#listen({ query: POSITION, variables: {} })) {
      position = cursorOf(result);
      break;
    }
    if (position === null) return;
    await this.#options.onReset?.(reason);
    this.#after = position;
    this.#told = null;
    this.#reset = null;
  }
}

/** @throws {ApiError} of a result that holds errors: `follow` comes back for the event. */
function cursorOf({ data, errors }: Result): string {
  if (errors && errors.length > 0) throw refusal(errors);
  const event = Object.values(data ?? {}).find((value) => typeof value === 'object') as
    | { cursor?: unknown }
    | null
    | undefined;
  const cursor = event?.cursor;
  if (typeof cursor === 'string' && /^\d+$/.test(cursor)) return cursor;
  throw new TypeError('Ask for `cursor` in every event that is followed: `... on LiveEvent { cursor }`.');
}
