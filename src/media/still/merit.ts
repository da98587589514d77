/** How well a picture stands for a film. Pure. */

/** Of full brightness: what is darker, or brighter, shows little. */
const DARK = 0.12;
const BRIGHT = 0.92;
/** Mean step from pixel to pixel, of full brightness, that counts as sharp: a screen full of text has more. */
const SHARP = 0.06;
/** Standard deviation of brightness, of its full range, that counts as full contrast. */
const CONTRAST = 0.22;

/** 0 to 1: sharpness, contrast and light, each of which spoils it alone. Of packed RGBA, `width` pixels a line. */
export function meritOf(rgba: Uint8ClampedArray, width: number): number {
  const lumas = lumasOf(rgba);
  const mean = lumas.reduce((sum, luma) => sum + luma, 0) / lumas.length;
  const variance = lumas.reduce((sum, luma) => sum + (luma - mean) ** 2, 0) / lumas.length;
  const light = Math.min(1, mean / DARK, (1 - mean) / (1 - BRIGHT));
  const contrast = Math.min(1, Math.sqrt(variance) / CONTRAST);
  return Math.max(0, light) * Math.sqrt(contrast * Math.min(1, stepsOf(lumas, width) / SHARP));
}

/** 0 to 1, by the weights of BT.709. */
function lumasOf(rgba: Uint8ClampedArray): Float32Array {
  const lumas = new Float32Array(rgba.length / 4);
  for (let pixel = 0; pixel < lumas.length; pixel += 1) {
    const at = pixel * 4;
    const [red = 0, green = 0, blue = 0] = [rgba[at], rgba[at + 1], rgba[at + 2]];
    lumas[pixel] = (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  }
  return lumas;
}

/** Mean difference of neighbours, to the right and below. */
function stepsOf(lumas: Float32Array, width: number): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at + width < lumas.length; at += 1) {
    if ((at + 1) % width === 0) continue;
    const luma = lumas[at] ?? 0;
    sum += Math.abs((lumas[at + 1] ?? 0) - luma) + Math.abs((lumas[at + width] ?? 0) - luma);
    count += 2;
  }
  return count > 0 ? sum / count : 0;
}
