import { FilterAPI } from 'node-av/api';
import type { Frame } from 'node-av/lib';
import { CHANNELS } from '../encoding.ts';
import { soundFrame } from '../write/new-frame.ts';
import { toPlanar } from '../write/sound-encoder.ts';

/** An FFmpeg filter chain for interleaved 48 kHz stereo. Its frames are the taker's to free. */
export class SoundFilter {
  readonly #filter: FilterAPI;
  #sent = 0;

  constructor(chain: string) {
    this.#filter = FilterAPI.create(chain);
  }

  /** Takes samples, and gives the frames that are ready. */
  *push(chunk: Float32Array): Generator<Frame> {
    const frame = soundFrame(toPlanar(chunk), this.#sent);
    this.#sent += chunk.length / CHANNELS;
    yield* this.#filter.processAllSync(frame);
    frame.free();
  }

  /** Ends the sound, and gives the last frames. */
  *end(): Generator<Frame> {
    this.#filter.flushSync();
    yield* this.#filter.flushFramesSync();
    this.#filter.close();
  }
}

/** Sends all of a sound through a filter chain. */
export async function* filterSound(
  chunks: AsyncIterable<Float32Array>,
  chain: string,
): AsyncGenerator<Frame> {
  const filter = new SoundFilter(chain);
  for await (const chunk of chunks) yield* filter.push(chunk);
  yield* filter.end();
}
