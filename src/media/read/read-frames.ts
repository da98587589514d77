import { Decoder } from 'node-av/api';
import * as av from 'node-av/constants';
import type { Frame } from 'node-av/lib';
import { DomainError } from '../../core/errors.ts';
import { openMedia, packetsOf } from './open-media.ts';

/** A decoded picture and when it is shown, on the file's clock. The taker frees it. */
export type TimedFrame = { frame: Frame; seconds: number };

/** Half a frame at 120 frames a second: closer than this, two times are the same picture's. */
const SAME_PICTURE_SECONDS = 1 / 240;

/**
 * Decodes the pictures of a file in order, from the one at `fromSeconds` on.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when there is no picture in it.
 */
export async function* readFrames(file: string, fromSeconds: number): AsyncGenerator<TimedFrame> {
  await using media = await openMedia(file);
  const stream = media.video();
  if (!stream) throw new DomainError('MEDIA_FAILED', `${file}: there is no picture in it.`);
  if (fromSeconds > 0) await media.seek(fromSeconds, -1, av.AVSEEK_FLAG_BACKWARD);
  using decoder = await Decoder.create(stream);
  const wanted = (frame: Frame): TimedFrame[] => {
    const seconds = (Number(frame.pts) * frame.timeBase.num) / frame.timeBase.den;
    if (seconds > fromSeconds - SAME_PICTURE_SECONDS) return [{ frame, seconds }];
    frame.free();
    return [];
  };
  for await (const packet of packetsOf(media, stream)) {
    for (const frame of await decoder.decodeAll(packet)) yield* wanted(frame);
  }
  await decoder.flush();
  for await (const frame of decoder.flushFrames()) yield* wanted(frame);
}
