import { Encoder } from 'node-av/api';
import * as av from 'node-av/constants';
import { CodecParameters, FFmpegError, type Frame, Log, type Packet, Rational } from 'node-av/lib';
import { DomainError } from '../../core/errors.ts';
import { ENCODER_THREADS } from '../encoding.ts';
import { splitEncodedUnits } from './h264-units.ts';

// Warnings would bury the one line of stderr that explains a failure.
Log.setLevel(av.AV_LOG_ERROR);

/** A picture as H.264, in ticks. */
export type EncodedPicture = {
  shownTick: number;
  decodeTick: number;
  isKeyframe: boolean;
  units: Buffer[];
};

export type EncoderWish = {
  /** On average; where pictures are shown for unlike times they keep those. */
  frameRate: { num: number; den: number };
  /** Frames from a keyframe to the next. */
  gopFrames: number;
  options: Record<string, string | number>;
};

/**
 * Encodes pictures shown at any ticks. The encoder sees them numbered, as one that has no clock of its own cannot round
 * their times; the numbers it gives back are ticks again.
 */
export class NumberEncoder {
  readonly #encoder: Encoder;
  readonly #timeBase: { num: number; den: number };
  readonly #ticks: number[] = [];
  #parameters: CodecParameters | null = null;
  /** From one picture to the next, where it is shortest. */
  #step: number | null = null;

  private constructor(encoder: Encoder, timeBase: { num: number; den: number }) {
    this.#encoder = encoder;
    this.#timeBase = timeBase;
  }

  static async open({ frameRate: { num, den }, gopFrames, options }: EncoderWish): Promise<NumberEncoder> {
    const encoder = await Encoder.create(av.FF_ENCODER_LIBX264, {
      options,
      gopSize: gopFrames,
      threadCount: ENCODER_THREADS,
    });
    return new NumberEncoder(encoder, { num: den, den: num });
  }

  /** Encodes a picture, frees it, and gives those that are ready. */
  async *encode(frame: Frame, tick: number): AsyncGenerator<EncodedPicture> {
    frame.pts = BigInt(this.#ticks.length);
    frame.timeBase = new Rational(this.#timeBase.num, this.#timeBase.den);
    frame.duration = 1n;
    this.#ticks.push(tick);
    const packets = await this.#encoder.encodeAll(frame);
    frame.free();
    this.#parameters ??= this.#readParameters();
    for (const packet of packets) yield this.#take(packet);
  }

  /** Ends the stream and gives its last pictures. */
  async *end(): AsyncGenerator<EncodedPicture> {
    for await (const packet of this.#encoder.flushPackets()) yield this.#take(packet);
    this.#encoder.close();
  }

  /** Of the track, but for its parameter sets; once a picture was encoded. */
  get parameters(): CodecParameters {
    if (this.#parameters) return this.#parameters;
    throw new DomainError('MEDIA_FAILED', 'Not a picture was encoded.');
  }

  /** FFmpeg forgets them with the end of the stream. */
  #readParameters(): CodecParameters | null {
    const context = this.#encoder.getCodecContext();
    if (!context) return null;
    const parameters = new CodecParameters();
    parameters.alloc();
    FFmpegError.throwIfError(parameters.fromContext(context), 'Failed to read what the encoder makes');
    return parameters;
  }

  #take(packet: Packet): EncodedPicture {
    const picture = {
      shownTick: this.#tickOf(Number(packet.pts)),
      decodeTick: this.#tickOf(Number(packet.dts)),
      isKeyframe: packet.isKeyframe,
      units: splitEncodedUnits(Buffer.from(packet.data ?? '')),
    };
    packet.free();
    return picture;
  }

  /** Numbers below zero are before the first picture: of pictures decoded before any is shown. */
  #tickOf(number: number): number {
    this.#step ??= shortestStep(this.#ticks);
    const tick = number < 0 ? (this.#ticks[0] ?? 0) + number * this.#step : this.#ticks[number];
    if (tick === undefined)
      throw new DomainError('MEDIA_FAILED', 'The encoder gave a picture that it was not given.');
    return tick;
  }
}

const shortestStep = (ticks: readonly number[]): number =>
  Math.max(1, Math.min(...ticks.slice(1).map((tick, place) => tick - (ticks[place] ?? 0)), LONGEST_STEP));

/** Of a film of one picture. */
const LONGEST_STEP = 1_000;
