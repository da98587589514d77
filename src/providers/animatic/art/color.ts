/** `#rrggbb`. */
export type Color = string;

const channels = (color: Color): [number, number, number] => {
  const value = Number.parseInt(color.slice(1, 7), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

const hex = (value: number): string => Math.round(value).toString(16).padStart(2, '0');

/** The color `share` of the way from `from` to `to`. */
export function mix(from: Color, to: Color, share: number): Color {
  const [r, g, b] = channels(from);
  const [r2, g2, b2] = channels(to);
  return `#${hex(r + (r2 - r) * share)}${hex(g + (g2 - g) * share)}${hex(b + (b2 - b) * share)}`;
}

/** The color at an opacity from 0 to 1. */
export const fade = (color: Color, opacity: number): string =>
  `${color}${hex(255 * Math.min(1, Math.max(0, opacity)))}`;
