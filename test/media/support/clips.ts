import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChildOptions, runInChild, siblingScript } from '../../../src/media/child/child.ts';
import { temporaryFolder } from '../../support/temporary/folder.ts';

/** A clip whose frames tell which they are: flat greys, one step brighter from frame to frame. */
export type DrawnClip = {
  file: string;
  frames: number;
  width: number;
  height: number;
  frameRate: number;
  /** 0 to 255, of the first frame. */
  grey: number;
  /** A tone all through, a beep of 0.1 s at the beginning, silence, or not even a track. */
  sound: 'TONE' | 'BEEP' | 'SILENCE' | 'NO_TRACK';
};

const USUAL = { frames: 30, width: 64, height: 36, frameRate: 24, grey: 40, sound: 'TONE' } as const;

/** A directory for this test. */
export async function testDirectory(): Promise<string> {
  const directory = temporaryFolder('media');
  return directory;
}

type ClipWish = Partial<Omit<DrawnClip, 'file'> & { name: string }>;

/** Draws clips with a film writer in a child, and returns their files. */
export const drawClips = (directory: string, ...clips: ClipWish[]): Promise<string[]> =>
  drawClipsWithin({}, directory, ...clips);

/** The same, in a child under limits. */
export async function drawClipsWithin(
  limits: ChildOptions,
  directory: string,
  ...clips: ClipWish[]
): Promise<string[]> {
  const drawn: DrawnClip[] = clips.map(({ name, ...clip }, index) => ({
    ...USUAL,
    ...clip,
    file: join(directory, name ?? `clip-${index}.mp4`),
  }));
  await runInChild(siblingScript(import.meta.url, './draw-clips.child'), drawn, limits);
  return drawn.map(({ file }) => file);
}

/** What a viewer meets. */
export type Watched = {
  /** Brightness of each frame, 0 to 255 as drawn. */
  greys: number[];
  /** When each frame is shown. */
  seconds: number[];
  /** Of the sound, by twenty-fourth of a second; about 0.35 where a tone plays. */
  loudness: number[];
  /** Size of the decoded frames, px. */
  size: { width: number; height: number };
  /** Complaints of the decoders. */
  complaints: number;
};

/** Decodes all of a film. */
export const watch = (file: string): Promise<Watched> =>
  runInChild<Watched>(siblingScript(import.meta.url, './watch.child'), file);

/** Names in a directory, hidden ones too. */
export const namesIn = async (directory: string): Promise<string[]> => (await readdir(directory)).toSorted();
