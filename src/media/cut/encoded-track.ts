import { X264_OPTIONS } from '../encoding.ts';
import type { ClipPacket, ClipTrack } from './clip-track.ts';
import { isParameterSet, joinMp4Units, setsIn, writeRecord } from './h264-units.ts';
import { type EncodedPicture, NumberEncoder } from './number-encoder.ts';
import type { PictureChain } from './picture-chain.ts';
import type { PictureTimes } from './picture-times.ts';
import { rangeFrames, type TickedFrame } from './range-frames.ts';

/** Seconds from a keyframe to the next: a player's step. */
const GOP_SECONDS = 1;

/** A clip of which every picture goes through `chain` and is encoded. */
export async function encodedTrack(
  file: string,
  times: PictureTimes,
  frameRate: { num: number; den: number },
  chain: PictureChain,
  onSeconds: (seconds: number) => void,
): Promise<ClipTrack> {
  const { seekSeconds, shown, heldTick, endTick, tickSeconds } = times;
  const start = shown[0] ?? 0;
  const encoder = await NumberEncoder.open({
    frameRate,
    gopFrames: Math.max(1, Math.round((GOP_SECONDS * frameRate.num) / frameRate.den)),
    options: X264_OPTIONS,
  });
  const frames = drawn(rangeFrames(file, seekSeconds, { fromTick: start, toTick: endTick }, heldTick), chain);
  const pictures = encoded(frames, encoder, (tick) => onSeconds((tick - start) * tickSeconds));
  const first = await pictures.next();
  const { parameters } = encoder;
  if (!first.done) parameters.extradata = writeRecord(setsIn(first.value.units));
  parameters.codecTag = 'avc1';
  return { parameters, packets: toPackets(first, pictures), copiedFrames: 0 };
}

async function* drawn(frames: AsyncIterable<TickedFrame>, chain: PictureChain): AsyncGenerator<TickedFrame> {
  for await (const ticked of frames) yield* chain.draw(ticked);
  yield* chain.end();
}

async function* encoded(
  frames: AsyncIterable<TickedFrame>,
  encoder: NumberEncoder,
  onTick: (tick: number) => void,
): AsyncGenerator<EncodedPicture> {
  for await (const { frame, tick } of frames) {
    yield* encoder.encode(frame, tick);
    onTick(tick);
  }
  yield* encoder.end();
}

async function* toPackets(
  first: IteratorResult<EncodedPicture>,
  pictures: AsyncGenerator<EncodedPicture>,
): AsyncGenerator<ClipPacket> {
  for (let next = first; !next.done; next = await pictures.next()) {
    const { units, ...picture } = next.value;
    const data = joinMp4Units(units.filter((unit) => !isParameterSet(unit)));
    yield { ...picture, data };
  }
}
