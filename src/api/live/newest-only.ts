import type { NumberedEntry } from '../../features/audit/log/numbered-entry.ts';
import type { Rendered } from './outlet.ts';

/**
 * Renders events that show how something stands now, one after the other: whoever asks for one that is older than what is
 * there is given what is there. So nobody who goes on from one to a later one is shown an earlier state.
 */
export class NewestOnly {
  readonly #execute: (entry: NumberedEntry) => Promise<Rendered | undefined>;
  #newest: Rendered | undefined;
  #before: Promise<unknown> = Promise.resolve();

  constructor(execute: (entry: NumberedEntry) => Promise<Rendered | undefined>) {
    this.#execute = execute;
  }

  /** The event of an entry, or of a later one; undefined if it is passed over. */
  render(entry: NumberedEntry): Promise<Rendered | undefined> {
    const rendering = this.#before.then(() => this.#render(entry));
    this.#before = rendering.catch(() => {});
    return rendering;
  }

  async #render(entry: NumberedEntry): Promise<Rendered | undefined> {
    if (this.#newest && this.#newest.position >= entry.sequence) return this.#newest;
    const rendered = await this.#execute(entry);
    this.#newest = rendered ?? this.#newest;
    return rendered;
  }
}
