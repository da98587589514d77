import type { NumberedEntry } from '../../features/audit/log/numbered-entry.ts';
import type { Rendered } from './outlet.ts';

/**
 * Renders events that show how something stands now, one after the other: whoever asks for one that is older than what has
 * just been told is given that. So nobody who goes on from one to a later one is shown an earlier state, and nobody who
 * comes late one that has passed: not all that is shown is in the log.
 */
export class NewestOnly {
  readonly #execute: (entry: NumberedEntry) => Promise<Rendered | undefined>;
  readonly #freshMilliseconds: number;
  #newest: { rendered: Rendered; at: number } | undefined;
  #before: Promise<unknown> = Promise.resolve();

  /** @param freshMilliseconds for so long what was rendered counts as how things stand. */
  constructor(execute: (entry: NumberedEntry) => Promise<Rendered | undefined>, freshMilliseconds: number) {
    this.#execute = execute;
    this.#freshMilliseconds = freshMilliseconds;
  }

  /** The event of an entry, or of a later one; undefined if it is passed over. */
  render(entry: NumberedEntry): Promise<Rendered | undefined> {
    const rendering = this.#before.then(() => this.#render(entry));
    this.#before = rendering.catch(() => {});
    return rendering;
  }

  async #render(entry: NumberedEntry): Promise<Rendered | undefined> {
    const at = performance.now();
    const newest = this.#newest;
    if (newest && newest.rendered.position >= entry.sequence && at - newest.at < this.#freshMilliseconds)
      return newest.rendered;
    const rendered = await this.#execute(entry);
    if (rendered) this.#newest = { rendered, at };
    return rendered;
  }
}
