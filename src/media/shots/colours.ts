/** Colours of a small picture, as a distribution that can be compared. Pure. */

/** px of the pictures that are looked at. */
export const SMALL = { width: 64, height: 36 } as const;
const PIXELS = SMALL.width * SMALL.height;

/** Of each channel. */
const BINS = 8;
const BIN_WIDTH = 255 / (BINS - 1);

/** How many of each colour, in bins of red, green and blue. */
export type Colours = Float32Array;

/** Brightness that two in a hundred pixels reach, 1 to 255; of packed RGB. */
export function brightness(rgb: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (let at = 0; at < rgb.length; at += 3) {
    const level = Math.max(rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0);
    counts[level] = (counts[level] ?? 0) + 1;
  }
  let reached = 0;
  for (let level = 255; level > 1; level -= 1) {
    reached += counts[level] ?? 0;
    if (reached > (rgb.length / 3) * 0.02) return level;
  }
  return 1;
}

/**
 * Counts the colours of packed RGB, brightened by `gain`. A pixel is shared among the eight bins nearest to it: one that is
 * counted in one bin jumps to another with the least noise.
 */
export function coloursOf(rgb: Uint8Array, gain: number): Colours {
  const colours = new Float32Array(BINS ** 3);
  for (let at = 0; at < rgb.length; at += 3) {
    const red = placeOf((rgb[at] ?? 0) * gain);
    const green = placeOf((rgb[at + 1] ?? 0) * gain);
    const blue = placeOf((rgb[at + 2] ?? 0) * gain);
    const bin = (Math.floor(red) * BINS + Math.floor(green)) * BINS + Math.floor(blue);
    const [r, g, b] = [red % 1, green % 1, blue % 1];
    // Each neighbour is a bin further in red, green or blue, and gets the more the nearer it is.
    for (let neighbour = 0; neighbour < 8; neighbour += 1) {
      const share = (neighbour & 4 ? r : 1 - r) * (neighbour & 2 ? g : 1 - g) * (neighbour & 1 ? b : 1 - b);
      const place = bin + (neighbour & 4 ? BINS * BINS : 0) + (neighbour & 2 ? BINS : 0) + (neighbour & 1);
      colours[place] = (colours[place] ?? 0) + share;
    }
  }
  return colours;
}

/** Among the bins of a channel, between two of which it lies. */
const placeOf = (level: number): number => Math.min(BINS - 1.001, level / BIN_WIDTH);

/** How unlike two distributions are, 0 to 1 (Hellinger). */
export function distance(one: Colours, other: Colours): number {
  let alike = 0;
  for (let bin = 0; bin < one.length; bin += 1) alike += Math.sqrt((one[bin] ?? 0) * (other[bin] ?? 0));
  return Math.sqrt(Math.max(0, 1 - alike / PIXELS));
}
