import { join } from 'node:path';
import { runInChild, siblingScript } from '../../../src/media/child/child.ts';
import type { CutClip } from '../../../src/media/cut/cut-clip.ts';

/** A film whose pictures carry their number, in bars of light and dark, and whose sound clicks at every whole second. */
export type NumberedFilm = {
  /** In the test's directory; its ending tells the container. */
  name: string;
  frames: number;
  frameRate: { num: number; den: number };
  /** Seconds at which each picture is shown; unless given, by the frame rate. */
  times?: number[];
  /** Frames from a keyframe to the next. */
  gop?: number;
  encoder?: 'libx264' | 'libx265' | 'libvpx-vp9';
  options?: Record<string, string | number>;
  /** px */
  width?: number;
  height?: number;
  /** Filter before the encoder. */
  filter?: string;
  /** How a player is to turn it, as MP4 writes it: a, b, c, d. */
  turned?: readonly [number, number, number, number];
  /** One, in stereo, unless given; none is a film without sound. */
  sounds?: NumberedSound[];
};

export type NumberedSound = {
  channels?: 1 | 2 | 6;
  /** 0 to 1, of the tone under the clicks. */
  level?: number;
  isDefault?: boolean;
  /** Hz */
  tone?: number;
};

/** What a player meets. */
export type SeenClip = {
  /** Number of each picture, as shown. */
  numbers: number[];
  /** When each is shown. */
  seconds: number[];
  /** Whether each is light at its left and its right edge. */
  sides: [left: boolean, right: boolean][];
  size: { width: number; height: number };
  /** When the sound clicks. */
  clicks: number[];
  /** Of the sound, between clicks. */
  toneHz: number;
  soundSeconds: number;
  /** Of the picture, as the container tells it. */
  lengthSeconds: number;
  /** First and last 1 ms of the sound, as shares of the loudest sample. */
  edges: [number, number];
  /** SHA-256 of each packet of the picture, in decoding order. */
  packets: string[];
  /** How a player is to turn it, as a filter. */
  turn: string | null;
  /** Complaints of the decoders. */
  complaints: number;
};

/** Makes such films; returns their files. */
export async function makeNumbered(directory: string, ...films: NumberedFilm[]): Promise<string[]> {
  await runInChild(siblingScript(import.meta.url, './numbered.child'), { directory, films });
  return films.map(({ name }) => join(directory, name));
}

/** Decodes all of a clip of such a film. */
export const seeClip = (file: string): Promise<SeenClip> =>
  runInChild<SeenClip>(siblingScript(import.meta.url, './see-clip.child'), file);

/** A film, and where to cut it. */
export type CutWish = {
  film: NumberedFilm;
  ranges: [startSeconds: number, endSeconds: number][];
  loudness?: boolean;
};

/** A cut of such a film, and what a player meets of both. */
export type SeenCut = { clip: CutClip; seen: SeenClip; source: SeenClip; left: string[] };

/** Makes such films and cuts them, in one process; `loudness` costs most of the time. */
export const cutMany = (directory: string, wishes: CutWish[]): Promise<SeenCut[][]> =>
  runInChild<SeenCut[][]>(siblingScript(import.meta.url, './cut-many.child'), { directory, wishes });

/** Bars across the picture. */
export const BARS = 16;
