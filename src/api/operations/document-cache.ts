import { hash } from 'node:crypto';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Longer ones are kept only once they come again, in UTF-16 units; ours: four times the longest of our own programs. */
export const LARGE_DOCUMENT = 4_096;
/** Large ones that are known to have come, by their digest alone. */
const MOST_SEEN = 1_000;
/** Large ones that were found valid elsewhere and wait to be executed; ours: those of the requests of a moment. */
const MOST_ADMITTED = 8;
/** Ours: some hundred documents of a program, or a few of the largest. */
const CACHE_BYTES = 32 * 1_024 * 1_024;
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
  readonly #admitted = new LRUCache<string, DocumentNode>({ max: MOST_ADMITTED });

  /** @param maxBytes of memory that all of them may take. */
  constructor(maxBytes = CACHE_BYTES) {
    this.#documents = new LRUCache({ maxSize: maxBytes, sizeCalculation: documentBytes });
  }

  /** What they take, in bytes. */
  get bytes(): number {
    return this.#documents.calculatedSize;
  }

  /** Whether a text is kept: it need be neither parsed nor validated. */
  has(text: string): boolean {
    return this.#documents.has(text);
  }

  get(text: string): DocumentNode | undefined {
    const admitted = this.#admitted.get(text);
    this.#admitted.delete(text);
    return admitted ?? this.#documents.get(text);
  }

  /** Whether a document is known to be valid. */
  isKept(document: DocumentNode): boolean {
    return this.#kept.has(document);
  }

  /** Keeps a valid document, unless it is large and comes for the first time. */
  keep(text: string, document: DocumentNode): void {
    if (text.length > LARGE_DOCUMENT && this.#isNew(text)) return;
    this.#documents.set(text, document);
    this.#kept.add(document);
  }

  /** Takes a document that was found valid elsewhere: it can be had once, and longer if it is kept. */
  admit(text: string, document: DocumentNode): void {
    this.keep(text, document);
    this.#kept.add(document);
    if (!this.#documents.has(text)) this.#admitted.set(text, document);
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
