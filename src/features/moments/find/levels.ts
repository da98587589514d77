import type { Loudness } from './finder-input.ts';
import type { Stretch } from './windows.ts';

/** Quieter than this below the loudest is no sound that anybody makes for others. */
const SILENCE_BELOW_DB = 50;

/** How loud a video is from when to when, by prefix sums. */
export class Levels {
  readonly #stepSeconds: number;
  readonly #floor: number;
  readonly #sums: Float64Array;
  readonly #counts: Float64Array;

  /** Null where there is nothing to compare. */
  static of(loudness: Loudness | undefined): Levels | null {
    const isUsable =
      loudness !== undefined &&
      loudness.stepSeconds > 0 &&
      loudness.values.some((value) => Number.isFinite(value));
    return isUsable ? new Levels(loudness) : null;
  }

  private constructor({ stepSeconds, values }: Loudness) {
    this.#stepSeconds = stepSeconds;
    this.#floor = values.reduce(
      (most, value) => (value > most && value < Infinity ? value : most),
      -Infinity,
    );
    this.#floor -= SILENCE_BELOW_DB;
    this.#sums = new Float64Array(values.length + 1);
    this.#counts = new Float64Array(values.length + 1);
    for (const [i, value] of values.entries()) {
      const isHeard = value > this.#floor && value < Infinity;
      this.#sums[i + 1] = (this.#sums[i] ?? 0) + (isHeard ? value : 0);
      this.#counts[i + 1] = (this.#counts[i] ?? 0) + Number(isHeard);
    }
  }

  /** The mean of what is heard in a stretch, in dB; where nothing is, the least that would be. */
  over({ startSeconds, endSeconds }: Stretch): number {
    const from = this.#within(Math.floor(startSeconds / this.#stepSeconds));
    const to = this.#within(Math.max(from + 1, Math.ceil(endSeconds / this.#stepSeconds)));
    const heard = (this.#counts[to] ?? 0) - (this.#counts[from] ?? 0);
    return heard > 0 ? ((this.#sums[to] ?? 0) - (this.#sums[from] ?? 0)) / heard : this.#floor;
  }

  #within(index: number): number {
    return Math.max(0, Math.min(this.#sums.length - 1, index));
  }

  get stepSeconds(): number {
    return this.#stepSeconds;
  }
}
