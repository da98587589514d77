import type { Muxer } from 'node-av/api';
import type { Packet } from 'node-av/lib';

/** Packets for one stream of a muxer, in decoding order. */
export type PacketSource = { stream: number; packets: AsyncGenerator<Packet> };

/**
 * Writes streams side by side in the order of their time, so that a player finds sound near its
 * picture. One writer in turn: a muxer takes no two at once. Calls `onSecond` with the film's time.
 */
export async function muxInterleaved(
  muxer: Muxer,
  sources: readonly PacketSource[],
  onSecond: (seconds: number) => void,
): Promise<void> {
  const heads = await Promise.all(
    sources.map(async ({ stream, packets }) => ({ stream, packets, head: await packets.next() })),
  );
  for (;;) {
    const [earliest] = heads
      .filter(({ head }) => !head.done)
      .toSorted((a, b) => secondsOf(a.head.value) - secondsOf(b.head.value));
    if (!earliest || earliest.head.done) return;
    onSecond(secondsOf(earliest.head.value));
    await muxer.writePacket(earliest.head.value, earliest.stream);
    earliest.head = await earliest.packets.next();
  }
}

const secondsOf = (packet: Packet): number =>
  (Number(packet.dts) * packet.timeBase.num) / packet.timeBase.den;
