import { Packet, type Packet as AnyPacket, Rational, type Stream } from 'node-av/lib';
import { openMedia, packetsOf } from '../read/open-media.ts';
import { finishFilmFile, openFilmFile } from '../write/film-file.ts';
import { muxInterleaved } from '../write/mux-film.ts';
import type { ClipPacket, ClipTrack } from './clip-track.ts';
import { type PictureTimes, requirePicture } from './picture-times.ts';

/**
 * Writes a clip's picture, and its sound as it lies in `soundFile`, to an MP4. Only inside a media child.
 *
 * @param sourceFile whose clock the picture's ticks are of.
 */
export async function writeClip(
  toFile: string,
  sourceFile: string,
  track: ClipTrack,
  { shown, endTick }: PictureTimes,
  soundFile: string,
): Promise<void> {
  // The muxer takes a track's parameters from a stream that is open somewhere.
  await using pictureModel = await openMedia(sourceFile);
  await using sound = await openMedia(soundFile);
  const picture = requirePicture(pictureModel.video(), sourceFile);
  const soundTrack = sound.audio();
  track.parameters.copy(picture.codecpar);
  picture.sampleAspectRatio = new Rational(1, 1);
  const muxer = await openFilmFile(toFile, timescaleOf(picture));
  const sources = [
    { stream: muxer.addStream(picture), packets: toPackets(track.packets, picture, shown[0] ?? 0, endTick) },
    ...(soundTrack ? [{ stream: muxer.addStream(soundTrack), packets: soundOf(sound, soundTrack) }] : []),
  ];
  await muxInterleaved(muxer, sources, () => {});
  await finishFilmFile(muxer);
}

/** MP4 counts in whole ticks a second; fewer than this, and other clocks do not fit. */
const LEAST_TIMESCALE = 10_000;
/** Of clocks that MP4 cannot have: the one that broadcasting uses. */
const USUAL_TIMESCALE = 90_000;

/** The source's own clock, or one that is a multiple of it. */
function timescaleOf({ timeBase: { num, den } }: Stream): number {
  if (num !== 1 || den > USUAL_TIMESCALE * 10) return USUAL_TIMESCALE;
  return den < LEAST_TIMESCALE ? den * Math.ceil(LEAST_TIMESCALE / den) : den;
}

async function* toPackets(
  pictures: AsyncGenerator<ClipPacket>,
  { timeBase }: Stream,
  startTick: number,
  endTick: number,
): AsyncGenerator<AnyPacket> {
  for await (const { data, shownTick, decodeTick, isKeyframe } of pictures) {
    const packet = new Packet();
    packet.alloc();
    packet.data = data;
    packet.pts = BigInt(shownTick - startTick);
    packet.dts = BigInt(decodeTick - startTick);
    // Players go by when the next picture is decoded; only of the last one they believe it.
    packet.duration = BigInt(Math.max(1, endTick - shownTick));
    packet.timeBase = new Rational(timeBase.num, timeBase.den);
    packet.isKeyframe = isKeyframe;
    yield packet;
    packet.free();
  }
}

async function* soundOf(media: Parameters<typeof packetsOf>[0], stream: Stream): AsyncGenerator<AnyPacket> {
  yield* packetsOf(media, stream);
}
