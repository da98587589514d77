import { Encoder } from 'node-av/api';
import * as av from 'node-av/constants';
import { FFmpegError, type Frame, type Packet } from 'node-av/lib';
import { AAC_BITRATE, AAC_FRAME_SAMPLES, CHANNELS } from '../encoding.ts';
import { soundFrame } from './new-frame.ts';
import { SoundQueue } from '../read/sound-queue.ts';

/**
 * Turns 48 kHz stereo of any lengths into AAC-LC of the film profile, sample-exact to the end:
 * node-av's own buffer drops the last, shorter frame. Packets are the caller's to free.
 */
export class SoundEncoder {
  /** For `Muxer.addStream`. */
  readonly encoder: Encoder;
  readonly #queue = new SoundQueue();
  #pending = 0;
  #sent = 0;

  private constructor(encoder: Encoder) {
    this.encoder = encoder;
  }

  static async open(): Promise<SoundEncoder> {
    return new SoundEncoder(await Encoder.create(av.FF_ENCODER_AAC, { bitrate: AAC_BITRATE }));
  }

  /** Takes interleaved samples and gives the packets that are ready. */
  async *encode(interleaved: Float32Array): AsyncGenerator<Packet> {
    this.#queue.push(interleaved);
    this.#pending += interleaved.length / CHANNELS;
    while (this.#pending >= AAC_FRAME_SAMPLES) {
      const frame = this.#nextFrame(AAC_FRAME_SAMPLES);
      // Synchronous: an AAC frame takes less time to encode than to send to another thread and back.
      yield* this.encoder.encodeAllSync(frame);
      frame.free();
    }
  }

  /** Ends the stream and gives its last packets. */
  async *end(): AsyncGenerator<Packet> {
    if (this.#pending > 0) await this.#sendShortFrame();
    yield* this.encoder.flushPackets();
  }

  /** Frees the encoder's memory; only after `end` and after its file is finished. */
  close(): void {
    this.encoder.close();
  }

  async #sendShortFrame() {
    const frame = this.#nextFrame(this.#pending);
    const code = await this.encoder.getCodecContext()?.sendFrame(frame);
    frame.free();
    FFmpegError.throwIfError(code ?? 0, 'Failed to encode the end of the sound');
  }

  #nextFrame(samples: number): Frame {
    const frame = soundFrame(toPlanar(this.#queue.take(samples)), this.#sent);
    this.#sent += samples;
    this.#pending -= samples;
    return frame;
  }
}

/** All of the left channel, then all of the right: what the encoder takes. */
export function toPlanar(interleaved: Float32Array): Float32Array {
  const samples = interleaved.length / CHANNELS;
  const planar = new Float32Array(interleaved.length);
  for (let i = 0; i < samples; i += 1) {
    planar[i] = interleaved[i * CHANNELS] ?? 0;
    planar[samples + i] = interleaved[i * CHANNELS + 1] ?? 0;
  }
  return planar;
}
