import type { Frame } from 'node-av/lib';
import { FRAME_RATE, videoTimescale } from '../encoding.ts';
import { finishFilmFile, openFilmFile, writePackets } from './film-file.ts';
import { PictureEncoder } from './picture-encoder.ts';

/**
 * Encodes frames to an MP4 of the film profile without sound. `filter` makes them the film's, as
 * those of encoding.ts do. The frames are freed.
 */
export async function writePicture(
  toFile: string,
  filter: string,
  frames: AsyncIterable<Frame>,
): Promise<void> {
  const picture = await PictureEncoder.open(filter, FRAME_RATE);
  const muxer = await openFilmFile(toFile, videoTimescale(FRAME_RATE));
  const stream = muxer.addStream(picture.encoder);
  for await (const frame of frames) await writePackets(muxer, stream, picture.encode(frame));
  await writePackets(muxer, stream, picture.end());
  await finishFilmFile(muxer);
}
