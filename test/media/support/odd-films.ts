import { runInChild, siblingScript } from '../../../src/media/child/child.ts';

/** A film of four fields, red, green, blue and grey, as others than we make it. */
export type OddFilm = {
  /** In the test's directory; its ending tells the container. */
  name: string;
  /** FFmpeg's name. */
  encoder: 'libx264' | 'libx264rgb' | 'libx265' | 'libvpx-vp9' | 'libsvtav1' | 'mpeg4';
  options?: Record<string, string | number>;
  /** px of the pictures as they are coded. */
  size: Size;
  /** What makes the encoder's pictures of RGB ones. */
  filter: string;
  /** Numbers of the frames that are there; a frame of the drawn rate is shown until the next one is. */
  frames?: readonly number[];
  frameRate?: number;
  /** A bright field that grows over a dark one, a 24th of the width each frame, in place of the four. */
  isMoving?: boolean;
  /** Frames at the beginning that its container says not to show. */
  hidden?: number;
  /** How a player is to turn it, as MP4 writes it: a, b, c, d. */
  turned?: readonly [number, number, number, number];
  /** A tone; silent for want of a track without. */
  sound?: { sampleRate: number; channels: 1 | 2 | 6 };
};

type Size = { width: number; height: number };
type Colour = readonly [red: number, green: number, blue: number];

/** Fields of the drawn picture: top left and right, bottom left and right. */
export const FIELDS = {
  red: [190, 40, 40],
  green: [40, 150, 40],
  blue: [50, 50, 190],
  grey: [128, 128, 128],
} as const satisfies Record<string, Colour>;

export type OddJob = {
  directory: string;
  films: readonly OddFilm[];
  /** Of the film that is made of each. */
  size: Size;
};

/** A film that was made of an odd one alone, as every player shows it. */
export type OddResult = {
  name: string;
  method: string;
  /** Colours of the four fields in the middle of the film. */
  fields: Colour[];
  frames: number;
  /** Largest difference of brightness between two rows of its upper half in the middle of the film. */
  comb: number;
  /** What its file says of its pictures, in FFmpeg's names and numbers. */
  picture: Record<string, unknown>;
  sound: Record<string, unknown>;
  /** Mean of the sound, about 0.35 where a tone plays. */
  loudness: number;
  /** Colours of the four fields of a poster of the odd film itself. */
  still: Colour[];
  stillSize: Size;
};

/** Makes odd films, and a film of each. */
export const makeOddFilms = (job: OddJob): Promise<OddResult[]> =>
  runInChild<OddResult[]>(siblingScript(import.meta.url, './odd-films.child'), job);
