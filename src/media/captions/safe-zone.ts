/** Where captions may be. Pure. */

type Size = { width: number; height: number };

/** px; captions stand on its lower edge. `emScale` is of a style's size. */
export type SafeZone = { left: number; right: number; top: number; bottom: number; emScale: number };

/** What players of 9:16 films leave free of their buttons, names and texts, measured on 1080 x 1920. */
const TALL = { left: 120 / 1080, right: 888 / 1080, top: 288 / 1920, bottom: 1248 / 1920, emScale: 1 };

/** What televisions leave free, and the lower third of it. */
const WIDE = { left: 0.1, right: 0.9, top: 0.6, bottom: 0.92, emScale: 0.75 };

/** The part of a frame that is never covered. */
export function safeZone({ width, height }: Size): SafeZone {
  const { left, right, top, bottom, emScale } = height > width ? TALL : WIDE;
  return {
    left: Math.ceil(left * width),
    right: Math.floor(right * width),
    top: Math.ceil(top * height),
    bottom: Math.floor(bottom * height),
    emScale,
  };
}
