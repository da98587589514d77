import * as av from 'node-av/constants';
import { CodecParameters, FFmpegError, type Stream } from 'node-av/lib';
import { isHdr, type Look } from '../read/look.ts';
import { type ParameterSets, readRecord } from './h264-units.ts';
import type { PictureTimes } from './picture-times.ts';

/** What is to be known of a track to continue it with pictures of our own. */
export type CopyableTrack = {
  parameters: CodecParameters;
  sets: ParameterSets;
  /** As x264 calls it. */
  profile: string;
  frameRate: { num: number; den: number };
};

/** Profiles that x264 writes in 8 bits and 4:2:0. */
const PROFILES: ReadonlyMap<number, string> = new Map([
  [av.AV_PROFILE_H264_BASELINE | av.AV_PROFILE_H264_CONSTRAINED, 'baseline'],
  [av.AV_PROFILE_H264_MAIN, 'main'],
  [av.AV_PROFILE_H264_HIGH, 'high'],
]);

/** The track as one that can be continued; null when pictures of ours would differ from it, or could not follow it. */
export function copyableTrack(stream: Stream, look: Look, times: PictureTimes): CopyableTrack | null {
  const { codecpar, avgFrameRate, sampleAspectRatio: sar } = stream;
  const profile = PROFILES.get(codecpar.profile);
  const sets = codecpar.codecId === av.AV_CODEC_ID_H264 ? readRecord(codecpar.extradata) : null;
  if (!profile || !sets || avgFrameRate.den === 0) return null;
  const isPlain = look.isPlain && !look.isFullRange && !look.isInterlaced && !isHdr(look);
  const isSquare = sar.num === sar.den || sar.num === 0;
  if (!isPlain || !isSquare || !isSteadyTrack(times, sets)) return null;
  const parameters = new CodecParameters();
  parameters.alloc();
  FFmpegError.throwIfError(codecpar.copy(parameters), 'Failed to read how the film is coded');
  return { parameters, sets, profile, frameRate: { num: avgFrameRate.num, den: avgFrameRate.den } };
}

/** Whether no packet brings parameter sets but the track's, and none of the cut is hidden. */
function isSteadyTrack({ heads, shown }: PictureTimes, { sequence, picture }: ParameterSets): boolean {
  const known = [...sequence, ...picture];
  return heads.every(
    ({ shownTick, isHidden, ownSets }) =>
      !(isHidden && shownTick >= (shown[0] ?? 0)) &&
      ownSets.every((set) => known.some((other) => other.equals(set))),
  );
}
