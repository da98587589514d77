import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Demuxer } from 'node-av/api';
import { avGetCodecName, type Stream } from 'node-av/lib';
import { DomainError } from '../../core/errors.ts';
import { turnOf } from './turn.ts';
import { namingFile, openMedia, packetsOf } from './open-media.ts';

/** One stream as its packets are, in ticks of its own time base. */
export type Track = {
  codec: string;
  /** Everything that must be equal for packets of two tracks to follow each other in one. */
  signature: string;
  /** Ticks a second. */
  timescale: number;
  /** Tick of the first packet; below zero where it is an encoder's priming, which is not heard. */
  first: number;
  /** First tick that is shown or heard. */
  start: number;
  /** Tick after the last. */
  end: number;
  packets: number;
};

export type PictureTrack = Track & {
  /** As FFmpeg numbers profiles. */
  profile: number;
  /** Whether a pixel is as wide as it is high. */
  hasSquarePixels: boolean;
  /** Whether every picture is shown as long as the others. */
  isSteady: boolean;
  width: number;
  height: number;
  /** Frames a second, on average. */
  frameRate: number;
  /** Ticks of the pictures at which decoding can begin, ascending. */
  keyframes: number[];
  /** Ticks at which a copy may end: all pictures before are decoded without those after, ascending. */
  exits: number[];
};

export type SoundTrack = Track & {
  /** As FFmpeg numbers profiles. */
  profile: number;
  sampleRate: number;
  channels: number;
};

export type Measured = { fileSizeBytes: number; picture: PictureTrack; sound: SoundTrack | null };

/**
 * Measures a film by reading every packet, without decoding. What the index claims is not trusted:
 * a file cut short claims its full length. Only inside a media child.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when it has no readable picture.
 */
export const measure = (file: string): Promise<Measured> =>
  namingFile(file, async () => {
    await using media = await openMedia(file);
    const picture = media.video();
    const sound = media.audio();
    const spans = await readSpans(media);
    const pictureSpan = picture && spans.get(picture.index);
    requireWhole(file, media, spans);
    if (!picture || !pictureSpan)
      throw new DomainError('MEDIA_FAILED', `${file}: there is no picture in it.`);
    const soundSpan = sound && spans.get(sound.index);
    return {
      fileSizeBytes: (await stat(file)).size,
      picture: describePicture(picture, pictureSpan),
      sound: soundSpan ? describeSound(sound, soundSpan) : null,
    };
  });

/** Seconds a track lasts. */
export const trackSeconds = ({ start, end, timescale }: Track): number => (end - start) / timescale;

type Span = {
  first: number;
  start: number;
  end: number;
  packets: number;
  shown: number;
  shortest: number;
  longest: number;
  keyframes: number[];
  exits: number[];
};

async function readSpans(media: Demuxer): Promise<Map<number, Span>> {
  const spans = new Map<number, Span>();
  for (const stream of media.streams) {
    spans.set(stream.index, {
      first: Infinity,
      start: Infinity,
      end: -Infinity,
      packets: 0,
      shown: 0,
      shortest: Infinity,
      longest: 0,
      keyframes: [],
      exits: [],
    });
  }
  for await (const packet of packetsOf(media)) {
    const span = spans.get(packet.streamIndex);
    if (span) extend(span, Number(packet.pts), Number(packet.duration), packet.isKeyframe);
  }
  for (const [index, span] of spans) if (span.packets === 0) spans.delete(index);
  return spans;
}

/** More than any rounding between a container's clock and a stream's, less than anyone would miss. */
const MISSING_SECONDS = 0.5;

function requireWhole(file: string, media: Demuxer, spans: Map<number, Span>) {
  const ends = media.streams.map((stream) => {
    const end = spans.get(stream.index)?.end ?? 0;
    return (end * stream.timeBase.num) / stream.timeBase.den;
  });
  const measured = Math.max(0, ...ends);
  if (measured > media.duration - MISSING_SECONDS) return;
  const claim = `it claims ${media.duration.toFixed(1)} s and holds ${measured.toFixed(1)} s`;
  throw new DomainError('MEDIA_FAILED', `${file}: the file is cut short; ${claim}.`);
}

function extend(span: Span, at: number, duration: number, isKeyframe: boolean) {
  span.packets += 1;
  span.end = Math.max(span.end, at + duration);
  span.first = Math.min(span.first, at);
  span.start = Math.max(0, span.first);
  span.shown += duration;
  span.shortest = Math.min(span.shortest, duration);
  span.longest = Math.max(span.longest, duration);
  if (isKeyframe) span.keyframes.push(at);
  // Packets come in decoding order: where those so far leave no hole, none of them needs a later one.
  if (span.shown === span.end - span.first) span.exits.push(span.end);
}

const describePicture = (stream: Stream, span: Span): PictureTrack => {
  const { codecpar, avgFrameRate, sampleAspectRatio: sar } = stream;
  const { width, height, format, videoDelay, profile } = codecpar;
  const { colorRange, colorPrimaries, colorTrc, colorSpace, chromaLocation } = codecpar;
  const ratios = [sar, avgFrameRate].flatMap(({ num, den }) => [num, den]);
  const colours = [colorRange, colorPrimaries, colorTrc, colorSpace, chromaLocation];
  const shown = [...ratios, ...colours, turnOf(stream) ?? ''];
  return {
    ...describe(stream, span, [width, height, format, videoDelay, ...shown]),
    profile,
    hasSquarePixels: sar.num === sar.den || sar.num === 0,
    // Clocks that a frame does not fit into round by a tick.
    isSteady: span.longest - span.shortest <= 1,
    width,
    height,
    frameRate: avgFrameRate.den > 0 ? avgFrameRate.num / avgFrameRate.den : 0,
    keyframes: span.keyframes.toSorted((a, b) => a - b),
    exits: span.exits,
  };
};

const describeSound = (stream: Stream, span: Span): SoundTrack => {
  const { sampleRate, channels, frameSize, profile } = stream.codecpar;
  return { ...describe(stream, span, [sampleRate, channels, frameSize]), profile, sampleRate, channels };
};

function describe(
  stream: Stream,
  { first, start, end, packets }: Span,
  parameters: (number | string)[],
): Track {
  const { codecpar, timeBase } = stream;
  const timescale = timeBase.den / timeBase.num;
  const signature = [
    codecpar.codecId,
    codecpar.profile,
    codecpar.level,
    timescale,
    ...parameters,
    hashOf(codecpar.extradata),
  ].join(':');
  return {
    codec: avGetCodecName(codecpar.codecId) ?? 'unknown',
    signature,
    timescale,
    first,
    start,
    end,
    packets,
  };
}

const hashOf = (extradata: Buffer | null): string =>
  createHash('sha256')
    .update(extradata ?? '')
    .digest('hex')
    .slice(0, 16);
