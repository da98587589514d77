/** What is known of a face. Pure. */

/** A face in a picture; centre and sides in shares of the upright picture's width and height. */
export type Face = {
  x: number;
  y: number;
  width: number;
  height: number;
  /** How sure it is, 0 to 1. */
  score: number;
};

/** A face as it was seen, and whether it speaks. */
export type SeenFace = Face & {
  /** How much the lips move against the rest of the face, 0 for not at all; null where that was not looked at. */
  lips: number | null;
};

/** The faces of one picture. */
export type SeenFaces = { seconds: number; faces: SeenFace[] };

/** A place in a picture, in its px. */
export type Place = { x: number; y: number };

/** A face in the px of a small picture, with the places that tell whether it speaks. */
export type FoundFace = {
  /** Left upper corner and sides. */
  x: number;
  y: number;
  width: number;
  height: number;
  score: number;
  nose: Place;
  mouth: Place;
};
