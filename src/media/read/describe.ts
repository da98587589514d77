import { type Measured, trackSeconds } from './measure.ts';
import type { Probe } from './probe.ts';

/** What was measured, as it is told outside of media children. */
export const describe = ({ fileSizeBytes, picture, sound }: Measured): Probe => ({
  durationSeconds: trackSeconds(picture),
  fileSizeBytes,
  width: picture.width,
  height: picture.height,
  frameRate: picture.frameRate,
  videoCodec: picture.codec,
  audioCodec: sound?.codec ?? null,
  audioSeconds: sound ? trackSeconds(sound) : 0,
  sampleRate: sound?.sampleRate ?? null,
  channels: sound?.channels ?? null,
  signature: `${picture.signature}/${sound?.signature ?? 'silent'}`,
});
