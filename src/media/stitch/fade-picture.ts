import * as av from 'node-av/constants';
import type { Frame } from 'node-av/lib';
import { DomainError } from '../../core/errors.ts';
import { FRAME_RATE } from '../encoding.ts';
import type { FilmPlan } from './film-plan.ts';
import { pictureFrame } from '../write/new-frame.ts';
import { readFrames, type TimedFrame } from '../read/read-frames.ts';
import type { StitchClip } from './stitch-clip.ts';

/** Frames `from` (inclusive) to `to` (exclusive) of the film, faded where two clips overlap. The taker frees them. */
export async function* fadedFrames(
  clips: readonly StitchClip[],
  plan: FilmPlan,
  from: number,
  to: number,
): AsyncGenerator<Frame> {
  const readers = clips.map((clip, index) => new ClipReader(clip, plan.starts[index] ?? 0));
  try {
    for (let frame = from; frame < to; frame += 1) yield await filmFrame(readers, frame, frame - from);
  } finally {
    await Promise.all(readers.map((reader) => reader.close()));
  }
}

/** At most two clips show at once: a crossfade is at most half of either clip. */
async function filmFrame(readers: readonly ClipReader[], frame: number, index: number): Promise<Frame> {
  const [outgoing, incoming] = readers.filter((reader) => reader.shows(frame));
  if (!outgoing) throw new DomainError('MEDIA_FAILED', `No clip covers frame ${frame} of the film.`);
  const { width, height } = outgoing.clip.picture;
  const below = await outgoing.pixels(frame);
  const pixels = incoming
    ? mix(below, await incoming.pixels(frame), fadeShare(frame, incoming.firstFrame, outgoing.endFrame))
    : below;
  return pictureFrame({
    pixels,
    format: av.AV_PIX_FMT_YUV420P,
    width,
    height,
    index,
    frameRate: FRAME_RATE,
  });
}

/** Share of the incoming clip. Its first and the outgoing clip's last frame both show, so neither end is 0 or 1. */
const fadeShare = (frame: number, first: number, end: number) => (frame - first + 1) / (end - first + 1);

/** Linear, as FFmpeg's xfade; all three planes at once, for they are mixed alike. */
function mix(below: Buffer, above: Buffer, share: number): Buffer {
  const mixed = Buffer.allocUnsafe(below.length);
  const weight = Math.round(share * 256);
  for (let i = 0; i < mixed.length; i += 1) {
    mixed[i] = ((below[i] ?? 0) * (256 - weight) + (above[i] ?? 0) * weight + 128) >> 8;
  }
  return mixed;
}

/** Reads one clip's frames by their number in the film, forwards only. */
class ClipReader {
  readonly clip: StitchClip;
  readonly firstFrame: number;
  readonly endFrame: number;
  #frames: AsyncGenerator<TimedFrame> | undefined;

  /** `start` is where the clip begins in the film, in ticks of its picture. */
  constructor(clip: StitchClip, start: number) {
    const { timescale, start: first, end } = clip.picture;
    this.clip = clip;
    this.firstFrame = Math.round((start * FRAME_RATE) / timescale);
    this.endFrame = this.firstFrame + Math.round(((end - first) * FRAME_RATE) / timescale);
  }

  shows(frame: number): boolean {
    return frame >= this.firstFrame && frame < this.endFrame;
  }

  /** Packed YUV 4:2:0 of the clip's next frame; `frame` counts only for where reading begins. */
  async pixels(frame: number): Promise<Buffer> {
    const { pictureFile, picture } = this.clip;
    const from = picture.start / picture.timescale + (frame - this.firstFrame) / FRAME_RATE;
    this.#frames ??= readFrames(pictureFile, from);
    const next = await this.#frames.next();
    if (next.done) throw new DomainError('MEDIA_FAILED', `${pictureFile}: a frame is missing at its end.`);
    const pixels = next.value.frame.toBuffer();
    next.value.frame.free();
    return pixels;
  }

  async close(): Promise<void> {
    await this.#frames?.return(undefined);
  }
}
