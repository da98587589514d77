import * as av from 'node-av/constants';
import type { CodecParameters } from 'node-av/lib';
import { DomainError } from '../../core/errors.ts';
import { openMedia, packetsOf } from '../read/open-media.ts';
import type { ClipPacket, ClipTrack } from './clip-track.ts';
import type { CopyPlan, Stretch } from './copy-plan.ts';
import type { CopyableTrack } from './copyable.ts';
import {
  freeSetId,
  isParameterSet,
  joinMp4Units,
  type ParameterSets,
  setsIn,
  writeRecord,
} from './h264-units.ts';
import { type EncodedPicture, NumberEncoder } from './number-encoder.ts';
import { placeBefore, type PictureTimes, requirePicture } from './picture-times.ts';
import { rangeFrames } from './range-frames.ts';

/** Better than what is copied, so that nobody sees a join. */
const EDGE_QUALITY = { preset: 'veryfast', crf: 16 } as const;

/**
 * A clip whose middle is the source's packets and whose edges are encoded, to be decoded by parameter sets of their own beside
 * the source's. The edges are held in memory: they are a group of pictures each at most.
 */
export async function smartTrack(
  file: string,
  times: PictureTimes,
  plan: CopyPlan,
  source: CopyableTrack,
  onSeconds: (seconds: number) => void,
): Promise<ClipTrack> {
  const encode = (stretch: Stretch) => encodeEdge(file, times, stretch, source);
  const edges = { head: await encode(plan.head), tail: await encode(plan.tail) };
  const parameters: CodecParameters = source.parameters;
  parameters.extradata = writeRecord(allSets(source.sets, [...edges.head, ...edges.tail]));
  parameters.codecTag = 'avc1';
  const { fromTick, toTick } = plan.middle;
  return {
    parameters,
    packets: joined(file, times, plan, edges, onSeconds),
    copiedFrames: times.shown.filter((tick) => tick >= fromTick && tick < toTick).length,
  };
}

async function encodeEdge(
  file: string,
  { seekSeconds, tickSeconds, shown, heldTick }: PictureTimes,
  stretch: Stretch,
  { sets, profile, frameRate }: CopyableTrack,
): Promise<EncodedPicture[]> {
  if (stretch.fromTick >= stretch.toTick) return [];
  const id = freeSetId(sets);
  const encoder = await NumberEncoder.open({
    frameRate,
    gopFrames: EDGE_GOP_FRAMES,
    options: {
      ...EDGE_QUALITY,
      profile,
      'x264-params': `sps-id=${id}:bframes=0:scenecut=0:open-gop=0`,
    },
  });
  const pictures: EncodedPicture[] = [];
  const place = Math.max(seekSeconds, await placeBefore(file, stretch.fromTick * tickSeconds));
  const held = stretch.fromTick === shown[0] ? heldTick : null;
  for await (const { frame, tick } of rangeFrames(file, place, stretch, held)) {
    for await (const picture of encoder.encode(frame, tick)) pictures.push(picture);
  }
  for await (const picture of encoder.end()) pictures.push(picture);
  return pictures;
}

/** An edge is one group of pictures. */
const EDGE_GOP_FRAMES = 9_999;

/** The source's sets and the edges' one pair. */
function allSets(source: ParameterSets, edges: readonly EncodedPicture[]): ParameterSets {
  const own = setsIn(edges.flatMap(({ units }) => units));
  const sequence = distinct(own.sequence);
  const picture = distinct(own.picture);
  if (sequence.length > 1 || picture.length > 1)
    throw new DomainError(
      'MEDIA_FAILED',
      'The two edges of a clip came out unlike; this is a fault of ours.',
    );
  return { sequence: [...source.sequence, ...sequence], picture: [...source.picture, ...picture] };
}

const distinct = (sets: readonly Buffer[]) =>
  sets.filter((set, place) => sets.findIndex((other) => other.equals(set)) === place);

async function* joined(
  file: string,
  times: PictureTimes,
  { middle, delayTicks }: CopyPlan,
  { head, tail }: { head: EncodedPicture[]; tail: EncodedPicture[] },
  onSeconds: (seconds: number) => void,
): AsyncGenerator<ClipPacket> {
  const start = times.shown[0] ?? 0;
  for (const picture of head) yield edgePacket(picture, picture.shownTick - delayTicks);
  let decoded = -Infinity;
  for await (const packet of copied(file, times, middle)) {
    yield packet;
    decoded = packet.decodeTick;
    onSeconds((packet.shownTick - start) * times.tickSeconds);
  }
  for (const picture of tail) {
    decoded = Math.max(decoded + 1, picture.shownTick - delayTicks);
    yield edgePacket(picture, decoded);
  }
}

const edgePacket = ({ shownTick, isKeyframe, units }: EncodedPicture, decodeTick: number): ClipPacket => ({
  data: joinMp4Units(units.filter((unit) => !isParameterSet(unit))),
  shownTick,
  decodeTick,
  isKeyframe,
});

/** The packets that are shown in a stretch, as they are; those before its keyframe in decoding order are not of it. */
async function* copied(
  file: string,
  { seekSeconds }: PictureTimes,
  { fromTick, toTick }: Stretch,
): AsyncGenerator<ClipPacket> {
  await using media = await openMedia(file);
  const stream = requirePicture(media.video(), file);
  if (seekSeconds > 0) await media.seek(seekSeconds, -1, av.AVSEEK_FLAG_BACKWARD);
  for await (const packet of packetsOf(media, stream)) {
    const shownTick = Number(packet.pts);
    if (Number(packet.dts) >= toTick) break;
    if (shownTick < fromTick || shownTick >= toTick) continue;
    yield {
      data: Buffer.from(packet.data ?? ''),
      shownTick,
      decodeTick: Number(packet.dts),
      isKeyframe: packet.isKeyframe,
    };
  }
}
