/** px. */
export type Point = readonly [x: number, y: number];
/** A closed outline; several together wind even-odd, so that one inside another is a hole. */
export type Outline = readonly Point[];

export const rect = (x: number, y: number, width: number, height: number): Outline => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];

/** From top to base: `topWidth` narrows to or widens from `baseWidth`, both centred on `x`. */
export const taper = (x: number, top: number, base: number, topWidth: number, baseWidth: number): Outline => [
  [x - topWidth / 2, top],
  [x + topWidth / 2, top],
  [x + baseWidth / 2, base],
  [x - baseWidth / 2, base],
];

export function ellipse(x: number, y: number, rx: number, ry = rx, from = 0, to = Math.PI * 2): Outline {
  const steps = Math.max(10, Math.min(72, Math.round((rx + ry) * 0.6)));
  return Array.from({ length: steps + 1 }, (_, step) => {
    const angle = from + ((to - from) * step) / steps;
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)] as const;
  });
}

/** A bar from one point to another, as thick as said at either end: limbs, branches, masts. */
export function limb(from: Point, to: Point, fromWidth: number, toWidth = fromWidth): Outline {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const [nx, ny] = [-(to[1] - from[1]) / length / 2, (to[0] - from[0]) / length / 2];
  return [
    [from[0] + nx * fromWidth, from[1] + ny * fromWidth],
    [to[0] + nx * toWidth, to[1] + ny * toWidth],
    [to[0] - nx * toWidth, to[1] - ny * toWidth],
    [from[0] - nx * fromWidth, from[1] - ny * fromWidth],
  ];
}

/** A rounded closed curve through the points (Catmull-Rom). */
export function smooth(points: readonly Point[], steps = 8): Outline {
  const at = (index: number): Point => points[(index + points.length) % points.length] ?? [0, 0];
  return points.flatMap((_, index) => {
    const [a, b, c, d] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    return Array.from({ length: steps }, (__, step) => {
      const t = step / steps;
      const along = (axis: 0 | 1) =>
        0.5 *
        (2 * b[axis] +
          (c[axis] - a[axis]) * t +
          (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis]) * t * t +
          (3 * b[axis] - a[axis] - 3 * c[axis] + d[axis]) * t * t * t);
      return [along(0), along(1)] as const;
    });
  });
}

/** Points given in a unit box, `size` px high, with its origin at `x`, `y`; negative `facing` mirrors. */
export const placed = (points: readonly Point[], x: number, y: number, size: number, facing = 1): Point[] =>
  points.map(([px, py]) => [x + px * size * facing, y + py * size] as const);

/** Points written `x,y x,y ...`, as SVG writes them. */
export const points = (text: string): Point[] =>
  text.split(' ').map((pair) => {
    const [x = 0, y = 0] = pair.split(',').map(Number);
    return [x, y] as const;
  });
