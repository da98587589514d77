import type { RowEstimate } from '../kinds/kind.ts';

/** How long the rows of a job will take together, at the limits of today. */
export class ExpectedTime {
  readonly #concurrency: number;
  #alone: number | null = 0;
  readonly #limited = new Map<string, number>();

  /** @param concurrency rows at work at the same time. */
  constructor(concurrency: number) {
    this.#concurrency = concurrency;
  }

  add({ seconds, limited }: RowEstimate): void {
    this.#alone = seconds === null || this.#alone === null ? null : this.#alone + seconds;
    for (const [what, more] of Object.entries(limited))
      this.#limited.set(what, (this.#limited.get(what) ?? 0) + more);
  }

  /** Seconds: as fast as rows follow each other, and no faster than what providers allow; null where nobody knows. */
  get seconds(): number | null {
    if (this.#alone === null) return null;
    return Math.ceil(Math.max(this.#alone / this.#concurrency, ...this.#limited.values()));
  }
}
