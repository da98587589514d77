import { DomainError } from '../../core/errors.ts';
import { secondsText } from '../../core/seconds-text.ts';

/** The media child gave no sign of work and was ended. */
export class SilentChild extends DomainError {
  constructor(seconds: number) {
    super(
      'MEDIA_FAILED',
      `The media process was ended: for ${seconds} s it neither told anything nor worked (stopped, swapped out or stuck).`,
    );
  }
}

/** Ends a child by `kill` that gives no sign of work for so long, or takes too long in all. */
export class ChildWatch {
  readonly #silence: NodeJS.Timeout;
  readonly #wall: NodeJS.Timeout;
  #verdict: DomainError | null = null;

  constructor(
    kill: () => void,
    { silenceSeconds, wallSeconds }: { silenceSeconds: number; wallSeconds: number },
  ) {
    const endWith = (verdict: DomainError) => {
      this.#verdict ??= verdict;
      kill();
    };
    this.#silence = setTimeout(() => endWith(new SilentChild(silenceSeconds)), silenceSeconds * 1_000);
    this.#wall = setTimeout(() => endWith(tooSlow(wallSeconds)), wallSeconds * 1_000);
  }

  /** The child told something. */
  heard(): void {
    this.#silence.refresh();
  }

  /** Why it was ended, if it was. */
  verdict(): DomainError | null {
    return this.#verdict;
  }

  end(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#wall);
  }
}

const tooSlow = (seconds: number) =>
  new DomainError(
    'MEDIA_FAILED',
    `The media process was ended: it may take ${secondsText(seconds)} and took longer.`,
  );
