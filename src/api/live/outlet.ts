import type { ExecutionResult } from 'graphql';

/** An event as its subscribers get it, made once for all of them. */
export type Rendered = ExecutionResult & {
  /** The result as clients see it. */
  json: string;
  /** Place of the event in the log. */
  position: bigint;
  /** Nothing follows it. */
  isLast: boolean;
};

/**
 * The way to one subscriber, and what its transport iterates: the results, unless the outlet sends them by itself,
 * and the end.
 */
export abstract class Outlet implements AsyncIterableIterator<ExecutionResult> {
  /** Called when the transport stops to iterate. */
  onLeave: () => void = () => {};
  #ended: { error?: unknown } | undefined;
  #wake: (() => void) | undefined;

  /** Hands an event over, always. False if the subscriber is slow: give no more until it is `drained`. */
  abstract send(rendered: Rendered): boolean;
  /** Resolves once what was handed over is on its way. */
  abstract drained(): Promise<void>;
  /** A result to iterate, if there is one. */
  protected abstract take(): Rendered | undefined;

  /** Tells the subscriber that nothing follows, or why. */
  end(error?: unknown): void {
    this.#ended ??= { error };
    this.wake();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<ExecutionResult, undefined>> {
    for (;;) {
      const rendered = this.take();
      if (rendered) return { value: rendered, done: false };
      if (this.#ended?.error !== undefined) {
        const { error } = this.#ended;
        // Thrown once: Yoga makes a result of it and asks on.
        this.#ended = {};
        throw error;
      }
      if (this.#ended) return { value: undefined, done: true };
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async return(): Promise<IteratorResult<ExecutionResult, undefined>> {
    this.onLeave();
    return { value: undefined, done: true };
  }

  /** Lets `next` look again. */
  protected wake(): void {
    this.#wake?.();
  }
}
