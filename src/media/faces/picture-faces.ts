import type { FaceNet } from './face-net.ts';
import type { FoundFace } from './face.ts';
import { eachOnce } from './net-output.ts';
import { type SmallPicture, squareParts, wholePart } from './small-picture.ts';

/** Most faces of a picture; of a crowd nobody is followed. */
const MOST_FACES = 20;

/** Of the picture's longer side: smaller ones are looked for again in the squares, in which they are larger. */
const SMALL_SHARE = 0.1;

/** The faces of a picture, each once: of the whole, and where that shows none, or small ones, of its two squares, too. */
export function facesOf(net: FaceNet, picture: SmallPicture): FoundFace[] {
  const small = SMALL_SHARE * Math.max(picture.width, picture.height);
  const found = net.find(picture, wholePart(picture));
  const isEnough = found.length > 0 && found.every(({ width }) => width >= small);
  const more = isEnough ? [] : squareParts(picture).flatMap((part) => net.find(picture, part));
  return eachOnce([...found, ...more], MOST_FACES);
}
