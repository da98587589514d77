import { Decoder } from 'node-av/api';
import * as av from 'node-av/constants';
import type { Frame } from 'node-av/lib';
import { ENCODER_THREADS } from '../encoding.ts';
import { openMedia, packetsOf } from '../read/open-media.ts';
import type { Stretch } from './copy-plan.ts';
import { requirePicture } from './picture-times.ts';

/** A decoded picture; ticks are its stream's. The taker frees it. */
export type TickedFrame = { frame: Frame; tick: number };

/** Decodes the pictures shown in a stretch, and one before it that is shown as it begins, from a place that `placeBefore` found. Nothing after the stretch is decoded that need not be. */
export async function* rangeFrames(
  file: string,
  seekSeconds: number,
  { fromTick, toTick }: Stretch,
  heldTick: number | null = null,
): AsyncGenerator<TickedFrame> {
  if (fromTick >= toTick) return;
  await using media = await openMedia(file);
  const stream = requirePicture(media.video(), file);
  if (seekSeconds > 0) await media.seek(seekSeconds, -1, av.AVSEEK_FLAG_BACKWARD);
  using decoder = await Decoder.create(stream, { threadCount: ENCODER_THREADS });
  const { num, den } = stream.timeBase;
  const wanted = (frame: Frame): TickedFrame[] => {
    const tick = Math.round((Number(frame.pts) * frame.timeBase.num * den) / (frame.timeBase.den * num));
    if (tick === heldTick) return [{ frame, tick: fromTick }];
    if (tick >= fromTick && tick < toTick) return [{ frame, tick }];
    frame.free();
    return [];
  };
  for await (const packet of packetsOf(media, stream)) {
    if (packet.dts !== av.AV_NOPTS_VALUE && packet.dts >= toTick) break;
    for (const frame of await decoder.decodeAll(packet)) yield* wanted(frame);
  }
  await decoder.flush();
  for await (const frame of decoder.flushFrames()) yield* wanted(frame);
}
