import type { Packet } from 'node-av/lib';
import type { Piece } from './film-pieces.ts';
import { openMedia, packetsOf } from '../read/open-media.ts';

/**
 * The film's picture in decoding order, copied. The taker must be done with a packet before it asks
 * for the next.
 */
export async function* joinPicture(pieces: readonly Piece[]): AsyncGenerator<Packet> {
  for (const piece of pieces) yield* copy(piece);
}

async function* copy({ file, from, to, at }: Piece): AsyncGenerator<Packet> {
  await using media = await openMedia(file);
  const stream = media.video();
  if (!stream) return;
  const shift = BigInt(at - from);
  for await (const packet of packetsOf(media, stream)) {
    if (packet.pts < from || packet.pts >= to) continue;
    packet.pts += shift;
    packet.dts += shift;
    yield packet;
  }
}
