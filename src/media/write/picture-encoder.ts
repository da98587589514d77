import { Encoder, FilterAPI } from 'node-av/api';
import * as av from 'node-av/constants';
import { type Frame, Log, type Packet } from 'node-av/lib';
import { ENCODER_THREADS, GOP_FRAMES, X264_OPTIONS } from '../encoding.ts';

// Warnings would bury the one line of stderr that explains a failure.
Log.setLevel(av.AV_LOG_ERROR);

/** Turns frames of any kind into H.264 of the film profile. Packets are the caller's to free. */
export class PictureEncoder {
  /** For `Muxer.addStream`. */
  readonly encoder: Encoder;
  readonly #filter: FilterAPI;

  private constructor(encoder: Encoder, filter: FilterAPI) {
    this.encoder = encoder;
    this.#filter = filter;
  }

  /** `filter` is an FFmpeg filter chain that ends in the film's pixel format, as those of encoding.ts do. */
  static async open(filter: string, frameRate: number): Promise<PictureEncoder> {
    const toFilm = FilterAPI.create(filter, { framerate: { num: frameRate, den: 1 } });
    const encoder = await Encoder.create(av.FF_ENCODER_LIBX264, {
      options: X264_OPTIONS,
      gopSize: GOP_FRAMES,
      threadCount: ENCODER_THREADS,
      filter: toFilm,
    });
    return new PictureEncoder(encoder, toFilm);
  }

  /** Encodes a frame, frees it, and gives the packets that are ready. */
  async *encode(frame: Frame): AsyncGenerator<Packet> {
    // Synchronous: converting takes hardly longer than to wake another thread and be woken.
    for (const converted of this.#filter.processAllSync(frame)) yield* this.#encodeConverted(converted);
    frame.free();
  }

  /** Ends the stream and gives its last packets. */
  async *end(): AsyncGenerator<Packet> {
    await this.#filter.flush();
    for await (const converted of this.#filter.flushFrames()) yield* this.#encodeConverted(converted);
    yield* this.encoder.flushPackets();
  }

  /** Frees the encoder's memory; only after `end` and after its file is finished. */
  close(): void {
    this.encoder.close();
    this.#filter.close();
  }

  async *#encodeConverted(frame: Frame): AsyncGenerator<Packet> {
    yield* await this.encoder.encodeAll(frame);
    frame.free();
  }
}
