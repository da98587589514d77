import * as av from 'node-av/constants';
import type { Packet, Stream } from 'node-av/lib';
import { DomainError, InvalidInputError } from '../../core/errors.ts';
import { secondsText } from '../../core/seconds-text.ts';
import { namingFile, openMedia, packetsOf } from '../read/open-media.ts';
import { isIdr, isParameterSet, splitMp4Units } from './h264-units.ts';

/** What a packet of the picture tells without being decoded; ticks are the stream's. */
export type PacketHead = {
  shownTick: number;
  /** Null where the container does not say. */
  decodeTick: number | null;
  durationTicks: number;
  isKeyframe: boolean;
  /** H.264: nothing after it needs what was before. */
  isIdr: boolean;
  /** Whether the container says not to show it. */
  isHidden: boolean;
  /** H.264: parameter sets that it brings along. */
  ownSets: Buffer[];
};

/** Packets around a stretch of a film. */
export type PictureTimes = {
  /** Where reading must begin so that all of the stretch is decoded. */
  seekSeconds: number;
  /** Seconds a tick lasts. */
  tickSeconds: number;
  /** In decoding order, from a keyframe on. */
  heads: PacketHead[];
  /** Ticks of the pictures in the stretch, ascending. */
  shown: number[];
  /** Tick of the picture that is shown long since as the stretch begins; in it, it is the first. */
  heldTick: number | null;
  /** Tick of the first picture after it; the end of the last one where there is none, and of the stretch where that is shown for long. */
  endTick: number;
};

/** Clocks of containers round; closer than this, two times are the same. */
const ROUNDING_SECONDS = 0.001;
/** No film of steady pictures shows one for so long; recordings of screens do, for minutes. */
const LONG_SECONDS = 0.2;
/** A file that ends so much before it claims to was cut short. */
const MISSING_SECONDS = 0.5;

/**
 * Finds the pictures that begin within a stretch of a film, and one that is shown for long before it, without decoding, and without
 * reading more than around it.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when it cannot be read or is cut short.
 * @throws {InvalidInputError} INVALID_INPUT, when no picture begins in the stretch.
 */
export const readPictureTimes = (
  file: string,
  startSeconds: number,
  endSeconds: number,
): Promise<PictureTimes> =>
  namingFile(file, async () => {
    const seekSeconds = await placeBefore(file, startSeconds);
    await using media = await openMedia(file);
    const stream = requirePicture(media.video(), file);
    if (seekSeconds > 0) await media.seek(seekSeconds, -1, av.AVSEEK_FLAG_BACKWARD);
    const tickSeconds = stream.timeBase.num / stream.timeBase.den;
    const toTick = (seconds: number) => Math.ceil((seconds - ROUNDING_SECONDS) / tickSeconds);
    const [from, to] = [toTick(startSeconds), toTick(endSeconds)];
    const { heads, after } = await readHeads(packetsOf(media, stream), stream, to);
    const end = after ?? endOf(heads);
    if (after === null && end * tickSeconds < Math.min(endSeconds, media.duration) - MISSING_SECONDS)
      throw cutShort(file, media.duration, end * tickSeconds);
    const longTicks = LONG_SECONDS / tickSeconds;
    const ticks = heads.flatMap(({ isHidden, shownTick }) => (isHidden ? [] : [shownTick]));
    const begin = ticks.filter((tick) => tick >= from && tick < to).toSorted((x, y) => x - y);
    const isHeld = (begin[0] ?? end) - from > longTicks;
    const heldTick = isHeld
      ? (ticks.filter((tick) => tick < from).toSorted((x, y) => y - x)[0] ?? null)
      : null;
    const shown = heldTick === null ? begin : [Math.round(startSeconds / tickSeconds), ...begin];
    const endTick = end - to > longTicks ? Math.round(endSeconds / tickSeconds) : end;
    if (shown.length === 0) throw nothingThere(startSeconds, endSeconds);
    return { seekSeconds, tickSeconds, heads, shown, heldTick, endTick };
  });

const endOf = (heads: readonly PacketHead[]): number =>
  heads.reduce((end, { shownTick, durationTicks }) => Math.max(end, shownTick + durationTicks), 0);

const cutShort = (file: string, claimed: number, held: number) =>
  new DomainError(
    'MEDIA_FAILED',
    `${file}: the file is cut short; it claims ${claimed.toFixed(1)} s and holds ${held.toFixed(1)} s.`,
  );

const nothingThere = (startSeconds: number, endSeconds: number) =>
  new InvalidInputError([
    {
      path: ['startSeconds'],
      message: `No picture of the film begins between ${secondsText(startSeconds)} and ${secondsText(endSeconds)}.`,
    },
  ]);

export function requirePicture(stream: Stream | undefined, file: string): Stream {
  if (stream) return stream;
  throw new DomainError('MEDIA_FAILED', `${file}: there is no picture in it.`);
}

/** Of a film that does not say how many pictures a second it has. */
const UNKNOWN_RATE = { num: 25, den: 1 };

/** Pictures a second on average; only an encoder's planning depends on it. */
export const frameRateOf = ({ avgFrameRate: { num, den } }: Stream): { num: number; den: number } =>
  num > 0 && den > 0 ? { num, den } : UNKNOWN_RATE;

/** Reads on until it is known which picture is shown first at or after `to`. */
async function readHeads(
  packets: AsyncIterable<Packet>,
  stream: Stream,
  to: number,
): Promise<{ heads: PacketHead[]; after: number | null }> {
  const isH264 = stream.codecpar.codecId === av.AV_CODEC_ID_H264;
  const heads: PacketHead[] = [];
  let after: number | null = null;
  for await (const packet of packets) {
    const head = headOf(packet, isH264);
    const { shownTick, decodeTick, isHidden } = head;
    if (after !== null && decodeTick !== null && decodeTick >= after) break;
    if (!isHidden && shownTick >= to) after = Math.min(after ?? Infinity, shownTick);
    heads.push(head);
  }
  return { heads, after };
}

function headOf(packet: Packet, isH264: boolean): PacketHead {
  const units = (isH264 && packet.data && splitMp4Units(packet.data)) || [];
  return {
    shownTick: Number(packet.pts),
    decodeTick: packet.dts === av.AV_NOPTS_VALUE ? null : Number(packet.dts),
    durationTicks: Number(packet.duration),
    isKeyframe: packet.isKeyframe,
    isIdr: isIdr(units),
    isHidden: packet.hasFlags(av.AV_PKT_FLAG_DISCARD),
    ownSets: units.filter(isParameterSet).map((unit) => Buffer.from(unit)),
  };
}

/** Where to look for a keyframe that is shown early enough, seconds before. */
const STEPS_SECONDS = [0, 2, 10, 60] as const;

/**
 * Where to seek so that the first packet is a keyframe shown at `seconds` or before: containers seek by when a
 * picture is decoded, which is before it is shown.
 *
 * @returns 0 when only the beginning will do.
 */
export async function placeBefore(file: string, seconds: number): Promise<number> {
  for (const step of STEPS_SECONDS) {
    const place = seconds - step;
    if (place <= 0) return 0;
    await using media = await openMedia(file);
    const stream = requirePicture(media.video(), file);
    await media.seek(place, -1, av.AVSEEK_FLAG_BACKWARD);
    const shown = await firstKeyframe(packetsOf(media, stream));
    if (shown !== null && (shown * stream.timeBase.num) / stream.timeBase.den <= seconds) return place;
  }
  return 0;
}

async function firstKeyframe(packets: AsyncIterable<Packet>): Promise<number | null> {
  for await (const packet of packets) {
    const shown = packet.isKeyframe ? Number(packet.pts) : null;
    packet.free();
    return shown;
  }
  return null;
}
