import { runInChild, siblingScript } from '../../../src/media/child/child.ts';

/** A film of moving patterns. */
export type ShotsFilm = {
  file: string;
  frames: number;
  /** Frames with which another shot begins. */
  cuts: number[];
  /** Frames with which two white ones begin. */
  flashes: number[];
  /** 1 is as drawn. */
  brightness: number;
  /** Levels. */
  noise: number;
};

export const drawShots = (film: ShotsFilm): Promise<void> =>
  runInChild<void>(siblingScript(import.meta.url, './shots-film.child'), film);
