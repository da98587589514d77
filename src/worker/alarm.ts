/** Ends a sleep early. One that rings while nobody sleeps ends the next sleep at once. */
export class Alarm {
  #isRinging = false;
  #wake: (() => void) | null = null;

  ring(): void {
    this.#isRinging = true;
    this.#wake?.();
  }

  /** Forgets that it rang: what it rang for is about to be looked at. */
  reset(): void {
    this.#isRinging = false;
  }

  /** Sleeps for so long, or until it rings. @returns whether it rang. */
  rings(milliseconds: number): Promise<boolean> {
    if (this.#isRinging) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#wake = null;
        resolve(this.#isRinging);
      };
      const timer = setTimeout(end, milliseconds);
      this.#wake = end;
    });
  }
}
