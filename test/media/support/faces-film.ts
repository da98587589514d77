import { runInChild, siblingScript } from '../../../src/media/child/child.ts';

/** Somebody in a film. */
export type Person = {
  /** Centre of the face, px, from the first frame of the shot to its last. */
  from: { x: number; y: number };
  to?: { x: number; y: number };
  /** px of the face's width. */
  faceWidth: number;
  /** Whether the mouth opens and closes. */
  isSpeaking?: boolean;
};

export type FacesShot = {
  frames: number;
  people: Person[];
  /** 0 to 1; 1 is as drawn. */
  brightness?: number;
};

/** A film of 25 frames a second with the same person's face, as often as there are people. */
export type FacesFilm = { file: string; width: number; height: number; shots: FacesShot[] };

export const drawFaces = (film: FacesFilm): Promise<void> =>
  runInChild<void>(siblingScript(import.meta.url, './faces-film.child'), film);
