/** Whether lips move. Pure. */
import type { FoundFace, Place } from './face.ts';
import type { SmallPicture } from './small-picture.ts';

/** px: of a smaller face nothing is told. */
const LEAST_FACE = 20;
/** Of the face's width and height: the lips, and as much of the nose, which moves with the head alone. */
const PATCH = { width: 0.5, height: 0.24 };
/** Of the face's width that a head moves from one picture to the next, at most. */
const MOST_SHIFT = 0.05;
/** Levels; a patch without contrast moves by noise. */
const NOISE = 8;

/** px that the head moved by. */
type Shift = { x: number; y: number };

/**
 * How much the lips of a face changed from one picture to the next beyond how much the nose did, each where the head brought it,
 * by their contrasts. 0 for not at all, from about 0.1 on somebody speaks; null of faces that are too small or out of the picture.
 */
export function lipsMove(face: FoundFace, before: SmallPicture, after: SmallPicture): number | null {
  if (Math.min(face.width, face.height) < LEAST_FACE) return null;
  const shift = shiftOf(face, before, after);
  const lips = changeAt(face.mouth, face, before, after, shift);
  const nose = changeAt(face.nose, face, before, after, shift);
  return lips === null || nose === null ? null : Math.max(0, lips - nose);
}

/** By which the nose is found again best; halves of px, as a head moves by such. */
function shiftOf(face: FoundFace, before: SmallPicture, after: SmallPicture): Shift {
  const most = Math.ceil(face.width * MOST_SHIFT);
  let best: Shift = { x: 0, y: 0 };
  let least = changeAt(face.nose, face, before, after, best) ?? 0;
  const look = (centre: Shift, reach: number, step: number) => {
    for (let y = -reach; y <= reach; y += step) {
      for (let x = -reach; x <= reach; x += step) {
        const shift = { x: centre.x + x, y: centre.y + y };
        const change = changeAt(face.nose, face, before, after, shift) ?? Infinity;
        if (change < least) [least, best] = [change, shift];
      }
    }
  };
  look(best, most, 1);
  look(best, 0.5, 0.5);
  return best;
}

/** Of a patch, by its contrast; null where it is out of a picture. */
function changeAt(
  { x, y }: Place,
  { width, height }: FoundFace,
  before: SmallPicture,
  after: SmallPicture,
  shift: Shift,
): number | null {
  const [halfWidth, halfHeight] = [(width * PATCH.width) / 2, (height * PATCH.height) / 2];
  const [x0, x1] = [Math.round(x - halfWidth), Math.round(x + halfWidth)];
  const [y0, y1] = [Math.round(y - halfHeight), Math.round(y + halfHeight)];
  const [right, down] = [Math.ceil(shift.x), Math.ceil(shift.y)];
  const [left, up] = [Math.floor(shift.x), Math.floor(shift.y)];
  if (x0 + Math.min(0, left) < 0 || x1 + Math.max(0, right) > before.width || x1 <= x0) return null;
  if (y0 + Math.min(0, up) < 0 || y1 + Math.max(0, down) > before.height || y1 <= y0) return null;
  let [sum, squares, change] = [0, 0, 0];
  for (let row = y0; row < y1; row += 1) {
    for (let column = x0; column < x1; column += 1) {
      const was = levelAt(before, column, row);
      // Between pixels, the mean of those around.
      const is =
        (levelAt(after, column + left, row + up) +
          levelAt(after, column + right, row + up) +
          levelAt(after, column + left, row + down) +
          levelAt(after, column + right, row + down)) /
        4;
      sum += was;
      squares += was * was;
      change += Math.abs(is - was);
    }
  }
  const pixels = (x1 - x0) * (y1 - y0);
  const contrast = Math.sqrt(Math.max(0, squares / pixels - (sum / pixels) ** 2));
  return change / pixels / (contrast + NOISE);
}

/** Green is nearly what eyes take for brightness. */
const levelAt = ({ rgb, width }: SmallPicture, x: number, y: number): number =>
  rgb[(y * width + x) * 3 + 1] ?? 0;
