/** How far from the video's own average a run of stretches lies, in standard deviations; at most so far. */
const FARTHEST = 3;
/** What is no number, as of levels beyond all measure, tells nothing. */
const bounded = (z: number) => (Number.isNaN(z) ? 0 : Math.max(-FARTHEST, Math.min(FARTHEST, z)));

/**
 * A rate of each stretch, by prefix sums: how surprising its average over a run is, given the whole video. A longer run
 * needs less of a difference to surprise as much, so runs of all lengths compare.
 */
export class Rate {
  readonly #sums: Float64Array;
  readonly #weights: Float64Array;
  readonly #mean: number;
  readonly #deviation: number;

  constructor(values: readonly number[], seconds: readonly number[]) {
    this.#sums = sumsOf(values.map((value, i) => value * (seconds[i] ?? 0)));
    this.#weights = sumsOf(seconds);
    const all = this.#weights.at(-1) ?? 0;
    this.#mean = all > 0 ? (this.#sums.at(-1) ?? 0) / all : 0;
    const squares = values.map((value, i) => (value - this.#mean) ** 2 * (seconds[i] ?? 0));
    this.#deviation = all > 0 ? Math.sqrt(squares.reduce((a, b) => a + b, 0) / all) : 0;
  }

  /** Of the stretches `first` to `last`. */
  over(first: number, last: number): number {
    const weight = between(this.#weights, first, last);
    if (weight <= 0 || this.#deviation < 1e-9) return 0;
    const difference = between(this.#sums, first, last) / weight - this.#mean;
    return bounded((difference / this.#deviation) * Math.sqrt(last - first + 1));
  }
}

/** What is true of one place, in standard deviations from that of all places. */
export function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((a, b) => a + b, 0) / (values.length || 1);
  const deviation = Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length || 1),
  );
  return values.map((value) => (deviation < 1e-9 ? 0 : bounded((value - mean) / deviation)));
}

function sumsOf(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (const [i, value] of values.entries()) sums[i + 1] = (sums[i] ?? 0) + value;
  return sums;
}

const between = (sums: Float64Array, first: number, last: number) =>
  (sums[last + 1] ?? 0) - (sums[first] ?? 0);
