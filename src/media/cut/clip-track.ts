import { CodecParameters } from 'node-av/lib';

/** A picture as it is put into the clip; ticks are the source's. */
export type ClipPacket = {
  data: Buffer;
  shownTick: number;
  decodeTick: number;
  isKeyframe: boolean;
};

/** The picture of a clip, ready to be written. */
export type ClipTrack = {
  /** Of all its packets, with their parameter sets. */
  parameters: CodecParameters;
  /** In decoding order. */
  packets: AsyncGenerator<ClipPacket>;
  /** Pictures that are the source's, byte for byte. */
  copiedFrames: number;
};
