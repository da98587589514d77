import { join } from 'node:path';
import type { Frame } from 'node-av/lib';
import { DomainError } from '../../core/errors.ts';
import { FILM_TO_FILM, FRAME_RATE } from '../encoding.ts';
import { fadedFrames } from './fade-picture.ts';
import type { FilmPlan } from './film-plan.ts';
import { measure } from '../read/measure.ts';
import type { StitchClip } from './stitch-clip.ts';
import { writePicture } from '../write/write-picture.ts';

/** Pictures of a file to be copied into the film. */
export type Piece = {
  file: string;
  /** Ticks of the file: the first picture, and the one after the last. */
  from: number;
  to: number;
  /** Film tick at which it begins. */
  at: number;
};

/**
 * The film's picture as pieces to be copied, gapless and in order. What the plan wants encoded is
 * encoded here, to files in `directory`: a muxer that copies takes no packets fresh from an encoder,
 * whose form differs. `onSecond` hears how many seconds were encoded.
 */
export async function makePieces(
  clips: readonly StitchClip[],
  plan: FilmPlan,
  directory: string,
  onSecond: (seconds: number) => void,
): Promise<Piece[]> {
  const timescale = clips[0]?.picture.timescale ?? 1;
  const ticksPerFrame = timescale / FRAME_RATE;
  const pieces: Piece[] = [];
  let encoded = 0;
  for (const stretch of plan.stretches) {
    if (stretch.kind === 'COPY') {
      const clip = clips[stretch.clip];
      if (clip) pieces.push(pieceOf(clip, stretch));
      continue;
    }
    const { from, to } = stretch;
    const file = join(directory, `fade-${pieces.length}.mp4`);
    const frames = fadedFrames(clips, plan, from / ticksPerFrame, to / ticksPerFrame);
    await writePicture(
      file,
      FILM_TO_FILM,
      counting(frames, () => onSecond((encoded += 1) / FRAME_RATE)),
    );
    await requireLike(clips[0], file, to - from);
    pieces.push({ file, from: 0, to: to - from, at: from });
  }
  return pieces;
}

const pieceOf = (
  { pictureFile, picture }: StitchClip,
  { from, to, at }: { from: number; to: number; at: number },
): Piece => ({ file: pictureFile, from: from + picture.start, to: to + picture.start, at });

async function* counting(frames: AsyncIterable<Frame>, onFrame: () => void): AsyncGenerator<Frame> {
  for await (const frame of frames) {
    yield frame;
    onFrame();
  }
}

/** Unlike parameters would be copied without any error and show as garbage. */
async function requireLike(clip: StitchClip | undefined, file: string, duration: number) {
  const { picture } = await measure(file);
  if (picture.signature === clip?.picture.signature && picture.end === duration) return;
  throw new DomainError('MEDIA_FAILED', 'A crossfade came out unlike its clips; this is a fault of ours.');
}
