import { Outlet, type Rendered } from './outlet.ts';

/** Ours: enough to keep a subscriber busy. */
const MAX_WAITING = 16;
/** As much as a socket may have unsent, and one event. */
const MAX_CHARACTERS = 64 * 1_024;

/** For transports that iterate. */
export class QueueOutlet extends Outlet {
  readonly #waiting: Rendered[] = [];
  #characters = 0;
  #drained = Promise.withResolvers<void>();

  override send(rendered: Rendered): boolean {
    this.#waiting.push(rendered);
    this.wake();
    this.#characters += rendered.json.length;
    return this.#waiting.length < MAX_WAITING && this.#characters < MAX_CHARACTERS;
  }

  override drained(): Promise<void> {
    return this.#waiting.length === 0 ? Promise.resolve() : this.#drained.promise;
  }

  protected override take(): Rendered | undefined {
    const rendered = this.#waiting.shift();
    this.#characters -= rendered?.json.length ?? 0;
    if (this.#waiting.length === 0) {
      this.#drained.resolve();
      this.#drained = Promise.withResolvers();
    }
    return rendered;
  }
}
