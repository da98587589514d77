/** What the net answers, as faces. Pure. */
import type { FoundFace } from './face.ts';
import { NET_SIDE } from './net-input.ts';

/** Places of the net's square at which it looks for faces, and how many it knows at each. */
export type Grid = { anchors: number; cells: number; perCell: number };

/** Small faces, and large ones. */
export const GRIDS: readonly Grid[] = [
  { anchors: 512, cells: 16, perCell: 2 },
  { anchors: 384, cells: 8, perCell: 6 },
];

/** Measured: at 0.4 it sees a face in most pictures without any. */
const LEAST_SCORE = 0.6;

/** Numbers of each anchor: a box, then six places: both eyes, nose, mouth, both ears. */
const NUMBERS = 16;
const NOSE = 8;
const MOUTH = 10;

/** Faces of a grid in the px of the net's square. */
export function readGrid(
  { anchors, cells, perCell }: Grid,
  scores: Float32Array,
  boxes: Float32Array,
): FoundFace[] {
  const faces: FoundFace[] = [];
  for (let anchor = 0; anchor < anchors; anchor += 1) {
    const score = 1 / (1 + Math.exp(-(scores[anchor] ?? -Infinity)));
    if (score < LEAST_SCORE) continue;
    const cell = Math.floor(anchor / perCell);
    const centre = {
      x: (((cell % cells) + 0.5) / cells) * NET_SIDE,
      y: ((Math.floor(cell / cells) + 0.5) / cells) * NET_SIDE,
    };
    const number = (place: number) => boxes[anchor * NUMBERS + place] ?? 0;
    const at = (place: number) => ({ x: centre.x + number(place), y: centre.y + number(place + 1) });
    const [width, height] = [number(2), number(3)];
    if (!(width > 1 && height > 1)) continue;
    const middle = at(0);
    const corner = { x: middle.x - width / 2, y: middle.y - height / 2 };
    faces.push({ ...corner, width, height, score, nose: at(NOSE), mouth: at(MOUTH) });
  }
  return faces;
}

/** Two boxes are the same face if they have so much in common, of both together or of the smaller one. */
const SAME_OF_BOTH = 0.3;
const SAME_OF_SMALLER = 0.7;

/** Each face once, the surest first, at most `most`. */
export function eachOnce(faces: readonly FoundFace[], most: number): FoundFace[] {
  const kept: FoundFace[] = [];
  for (const face of faces.toSorted((one, other) => other.score - one.score)) {
    if (kept.length === most) break;
    if (!kept.some((other) => isSame(face, other))) kept.push(face);
  }
  return kept;
}

function isSame(one: FoundFace, other: FoundFace): boolean {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  const common = Math.max(0, width) * Math.max(0, height);
  const [area, otherArea] = [one.width * one.height, other.width * other.height];
  return (
    common > SAME_OF_BOTH * (area + otherArea - common) ||
    common > SAME_OF_SMALLER * Math.min(area, otherArea)
  );
}
