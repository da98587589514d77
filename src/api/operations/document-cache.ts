import { hash } from 'node:crypto';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Longer ones are kept only once they come again, in UTF-16 units; ours: four times the longest of our own programs. */
const LARGE = 16_384;
/** Large ones that are known to have come, by their digest alone. */
const MOST_SEEN = 1_000;
/** What a parsed document takes for each of its tokens, with their places in the text; measured: 230 to 450. */
const BYTES_PER_TOKEN = 500;

/**
 * Valid documents by their text, parsed: clients send the same ones again and again. Those used longest ago make way.
 *
 * Holds nothing that a transport may change, no errors above all: what is invalid is looked at anew each time.
 */
export class DocumentCache {
  readonly #documents: LRUCache<string, DocumentNode>;
  readonly #kept = new WeakSet<DocumentNode>();
  readonly #seen = new LRUCache<string, true>({ max: MOST_SEEN });

  /** @param maxBytes of memory that all of them may take. */
  constructor(maxBytes: number) {
    this.#documents = new LRUCache({ maxSize: maxBytes, sizeCalculation: documentBytes });
  }

  /** What they take, in bytes. */
  get bytes(): number {
    return this.#documents.calculatedSize;
  }

  get(text: string): DocumentNode | undefined {
    return this.#documents.get(text);
  }

  /** Whether a document is known to be valid. */
  isKept(document: DocumentNode): boolean {
    return this.#kept.has(document);
  }

  /** Keeps a valid document, unless it is large and comes for the first time. */
  keep(text: string, document: DocumentNode): void {
    if (text.length > LARGE && this.#isNew(text)) return;
    this.#documents.set(text, document);
    this.#kept.add(document);
  }

  #isNew(text: string): boolean {
    const digest = hash('sha256', text, 'base64');
    const isNew = !this.#seen.has(digest);
    this.#seen.set(digest, true);
    return isNew;
  }
}

/** What a parsed document takes in memory, by its text and its tokens: a text of many takes forty times its length. */
export const documentBytes = ({ tokenCount = 0, loc }: DocumentNode): number =>
  2 * (loc?.source.body.length ?? 0) + BYTES_PER_TOKEN * tokenCount;
