import * as av from 'node-av/constants';
import type { AVPixelFormat } from 'node-av/constants';
import { FFmpegError, Frame } from 'node-av/lib';
import { CHANNELS, SAMPLE_RATE } from '../encoding.ts';

export type PictureFrame = {
  /** Packed, as `format` lays it out. */
  pixels: Buffer;
  format: AVPixelFormat;
  /** px */
  width: number;
  /** px */
  height: number;
  /** Number of the frame. */
  index: number;
  frameRate: number;
};

/** An FFmpeg frame with a copy of the pixels. The caller frees it. */
export function pictureFrame({ pixels, format, width, height, index, frameRate }: PictureFrame): Frame {
  const timeBase = { num: 1, den: frameRate };
  const borrowed = Frame.fromVideoBuffer(pixels, { width, height, format, timeBase, pts: BigInt(index) });
  const frame = owned(borrowed);
  frame.duration = 1n;
  return frame;
}

/** An FFmpeg frame with a copy of the samples: all of the left channel, then all of the right. The caller frees it. */
export const soundFrame = (planar: Float32Array, firstSample: number): Frame =>
  owned(
    Frame.fromAudioBuffer(Buffer.from(planar.buffer, planar.byteOffset, planar.byteLength), {
      nbSamples: planar.length / CHANNELS,
      format: av.AV_SAMPLE_FMT_FLTP,
      sampleRate: SAMPLE_RATE,
      channelLayout: av.AV_CHANNEL_LAYOUT_STEREO,
      timeBase: { num: 1, den: SAMPLE_RATE },
      pts: BigInt(firstSample),
    }),
  );

/** As {@link soundFrame}, of one channel at a rate in Hz. */
export const speechFrame = (samples: Float32Array, firstSample: number, sampleRate: number): Frame =>
  owned(
    Frame.fromAudioBuffer(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength), {
      nbSamples: samples.length,
      format: av.AV_SAMPLE_FMT_FLTP,
      sampleRate,
      channelLayout: av.AV_CHANNEL_LAYOUT_MONO,
      timeBase: { num: 1, den: sampleRate },
      pts: BigInt(firstSample),
    }),
  );

/**
 * node-av's frames from a buffer point into it, whatever its documentation says, and do not keep it
 * alive: once it is collected, FFmpeg encodes what else lies there.
 */
function owned(borrowed: Frame): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.format = borrowed.format;
  if (borrowed.isVideo()) {
    frame.width = borrowed.width;
    frame.height = borrowed.height;
  } else {
    frame.nbSamples = borrowed.nbSamples;
    frame.sampleRate = borrowed.sampleRate;
    frame.channelLayout = borrowed.channelLayout;
  }
  FFmpegError.throwIfError(frame.getBuffer(), 'Failed to allocate a frame');
  FFmpegError.throwIfError(frame.copy(borrowed), 'Failed to copy a frame');
  FFmpegError.throwIfError(frame.copyProps(borrowed), 'Failed to copy the properties of a frame');
  frame.timeBase = borrowed.timeBase;
  borrowed.free();
  return frame;
}
