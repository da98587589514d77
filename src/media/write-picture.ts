import { Muxer } from 'node-av/api';
import type { Frame, Packet } from 'node-av/lib';
import { FRAME_RATE, mp4Muxer, videoTimescale } from './encoding.ts';
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
  const muxer = await Muxer.open(toFile, mp4Muxer(videoTimescale(FRAME_RATE)));
  const stream = muxer.addStream(picture.encoder);
  const write = async (packets: AsyncIterable<Packet>) => {
    for await (const packet of packets) {
      await muxer.writePacket(packet, stream);
      packet.free();
    }
  };
  for await (const frame of frames) await write(picture.encode(frame));
  await write(picture.end());
  await muxer.close();
}
