import { brightness, type Colours, coloursOf, distance } from './colours.ts';

/** Pictures on both sides that say how bright the film is here; dark ones are compared as if they were bright. */
const AROUND = 25;
const BRIGHT = 240;
const MOST_GAIN = 5;

/** Pictures on both sides that say how much the film moves here. */
const NEAR = 12;
/** Less than this is no change of shot, however still the film is. */
const LEAST_DISTANCE = 0.12;
/** A change is so many times as far as most steps near it, and a little. */
const TIMES_NEAR = 2.5;
const MORE_THAN_NEAR = 0.04;
/** Share of the steps near it that are smaller. */
const MOST_NEAR = 0.8;

/** Pictures that a flash lasts at most; what looks afterwards like before is the same shot. */
const FLASH = 4;
/** Of the distance. */
const ALIKE = 0.5;
/** Two changes are at least so many pictures apart. */
const LEAST_SHOT = 6;

/**
 * Finds where shots change, picture by picture: where one differs from the picture before by far more than others near it.
 * Keeps some 60 pictures at a time, and three numbers of each before: 24 bytes, 8 MB for three hours at 30 a second.
 */
export class ShotFinder {
  /** Pictures whose brightness is known, but not yet that around them. */
  readonly #waiting: { rgb: Uint8Array; level: number; seconds: number }[] = [];
  readonly #levels: number[] = [];
  readonly #seconds: number[] = [];
  readonly #colours = new Map<number, Colours>();
  /** From each picture to the one before. */
  readonly #steps: number[] = [];
  #judged = 1;
  #lastChange = -LEAST_SHOT;
  readonly #changes: number[] = [];

  /** Takes the next picture, packed RGB of `SMALL`'s size. The array is kept. */
  push(rgb: Uint8Array, seconds: number): void {
    const level = brightness(rgb);
    this.#waiting.push({ rgb, level, seconds });
    this.#levels.push(level);
    if (this.#waiting.length > AROUND) this.#count();
  }

  /** Ends the film. @returns when the first picture of each shot but the first is shown, ascending. */
  end(): number[] {
    while (this.#waiting.length > 0) this.#count();
    while (this.#judged < this.#steps.length) this.#judge();
    return this.#changes;
  }

  #count(): void {
    const next = this.#waiting.shift();
    if (!next) return;
    const place = this.#steps.length;
    const around = this.#levels.slice(Math.max(0, place - AROUND), place + AROUND + 1);
    const colours = coloursOf(next.rgb, Math.min(MOST_GAIN, BRIGHT / Math.max(24, quantile(around, 0.5))));
    const before = this.#colours.get(place - 1);
    this.#steps.push(before ? distance(colours, before) : 0);
    this.#seconds.push(next.seconds);
    this.#colours.set(place, colours);
    if (place > this.#judged + NEAR) this.#judge();
  }

  #judge(): void {
    const place = this.#judged;
    this.#judged += 1;
    if (place - this.#lastChange >= LEAST_SHOT && this.#isChange(place)) {
      this.#lastChange = place;
      this.#changes.push(this.#seconds[place] ?? 0);
    }
    this.#colours.delete(place - FLASH - 2);
  }

  #isChange(place: number): boolean {
    const step = this.#steps[place] ?? 0;
    if (step < LEAST_DISTANCE) return false;
    const near = [
      ...this.#steps.slice(Math.max(1, place - NEAR), place),
      ...this.#steps.slice(place + 1, place + 1 + NEAR),
    ];
    if (step < TIMES_NEAR * quantile(near, MOST_NEAR) + MORE_THAN_NEAR) return false;
    return !this.#isFlash(place, step * ALIKE);
  }

  /** Whether one begins here, after which it looks as before, or ends here, before which it looked as now. */
  #isFlash(place: number, alike: number): boolean {
    for (let pictures = 1; pictures <= FLASH; pictures += 1) {
      if (this.#between(place + pictures, place - 1) < alike) return true;
      if (this.#between(place, place - 1 - pictures) < alike) return true;
    }
    return false;
  }

  #between(one: number, other: number): number {
    const [first, second] = [this.#colours.get(one), this.#colours.get(other)];
    return first && second ? distance(first, second) : Infinity;
  }
}

function quantile(values: readonly number[], share: number): number {
  const ordered = values.toSorted((a, b) => a - b);
  return ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))] ?? 0;
}
