import { Outlet, type Rendered } from './outlet.ts';

/** Ours: enough to keep a subscriber busy. */
const MAX_WAITING = 16;

/** For transports that iterate. */
export class QueueOutlet extends Outlet {
  readonly #waiting: Rendered[] = [];
  #drained = Promise.withResolvers<void>();

  override send(rendered: Rendered): boolean {
    this.#waiting.push(rendered);
    this.wake();
    return this.#waiting.length < MAX_WAITING;
  }

  override drained(): Promise<void> {
    return this.#waiting.length === 0 ? Promise.resolve() : this.#drained.promise;
  }

  protected override take(): Rendered | undefined {
    const rendered = this.#waiting.shift();
    if (this.#waiting.length === 0) {
      this.#drained.resolve();
      this.#drained = Promise.withResolvers();
    }
    return rendered;
  }
}
