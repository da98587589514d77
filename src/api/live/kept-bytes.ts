import type { DocumentNode } from 'graphql';
import { documentBytes } from '../operations/document-cache.ts';

/** Ours: room for ten thousand subscriptions of some hundred documents, several times over. */
const MOST_BYTES = 256 * 1_024 * 1_024;
/** Of them, one for each so many may be of one API key. */
const KEYS_TO_FILL = 4;

/**
 * Memory that live subscriptions take by what they were asked with, which is kept as long as they live: each one's text and
 * variables, and each document once, parsed.
 */
export class KeptBytes {
  readonly #most: number;
  readonly #all = new Ledger();
  readonly #ofKeys = new Map<string, Ledger>();

  constructor(most = MOST_BYTES) {
    this.#most = most;
  }

  /**
   * Counts a subscription.
   *
   * @param keyId the API key that lets it in; null where none is asked for, which then may take all there is.
   * @param asked its request; JSON.
   * @returns what forgets it; null if there is no room, and it was not counted.
   */
  keep(keyId: string | null, document: DocumentNode, asked: object): (() => void) | null {
    const own = 2 * JSON.stringify(asked).length;
    const ofKey = keyId === null ? undefined : (this.#ofKeys.get(keyId) ?? new Ledger());
    if (this.#all.with(document, own) > this.#most) return null;
    if (ofKey && ofKey.with(document, own) > this.#most / KEYS_TO_FILL) return null;
    this.#all.add(document, own);
    ofKey?.add(document, own);
    if (keyId !== null && ofKey) this.#ofKeys.set(keyId, ofKey);
    return () => {
      this.#all.remove(document, own);
      ofKey?.remove(document, own);
      if (keyId !== null && ofKey?.bytes === 0) this.#ofKeys.delete(keyId);
    };
  }
}

/** Sums up what is there; a document that many share counts once. */
class Ledger {
  bytes = 0;
  readonly #uses = new Map<DocumentNode, number>();

  /** What it would be with one more. */
  with(document: DocumentNode, own: number): number {
    return this.bytes + own + (this.#uses.has(document) ? 0 : documentBytes(document));
  }

  add(document: DocumentNode, own: number): void {
    this.bytes = this.with(document, own);
    this.#uses.set(document, (this.#uses.get(document) ?? 0) + 1);
  }

  remove(document: DocumentNode, own: number): void {
    const uses = (this.#uses.get(document) ?? 0) - 1;
    if (uses > 0) this.#uses.set(document, uses);
    else this.#uses.delete(document);
    this.bytes -= own + (uses > 0 ? 0 : documentBytes(document));
  }
}
