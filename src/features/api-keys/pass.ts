import { DomainError } from '../../core/errors.ts';
import type { Actor } from '../../platform/context.ts';

/** Leave to use the server, in somebody's name. It holds until it ends: the key expired, was revoked, or is asked for now. */
export class Pass {
  readonly actor: Actor;
  /** Null for whoever comes to a server that asks for no key. */
  readonly keyId: string | null;
  /** Null if it does not expire. */
  readonly expiresAt: Date | null;
  readonly #listeners = new Set<() => void>();
  #hasEnded = false;

  constructor(actor: Actor, keyId: string | null = null, expiresAt: Date | null = null) {
    this.actor = actor;
    this.keyId = keyId;
    this.expiresAt = expiresAt;
  }

  /** Whether it is worth nothing any more. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /**
   * Calls `listener` when it ends; at once, if it has.
   *
   * @returns a function that takes it back.
   */
  onEnd(listener: () => void): () => void {
    if (this.#hasEnded) listener();
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends it, for good. */
  end(): void {
    this.#hasEnded = true;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}

/** What is told to those who were let in by a pass that has ended. */
export const passEnded = () =>
  new DomainError('UNAUTHENTICATED', 'The API key has expired or was revoked, or is asked for by now.');
