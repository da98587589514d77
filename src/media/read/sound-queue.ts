import { CHANNELS } from '../encoding.ts';

/** Interleaved stereo samples, first in first out; silence once it is empty. */
export class SoundQueue {
  #chunks: Float32Array[] = [];

  /** Appends whole stereo samples. The array is kept, not copied. */
  push(interleaved: Float32Array): void {
    if (interleaved.length > 0) this.#chunks.push(interleaved);
  }

  /** Removes the next `samples` stereo samples; what is missing is silence. */
  take(samples: number): Float32Array {
    const taken = new Float32Array(samples * CHANNELS);
    let filled = 0;
    while (filled < taken.length) {
      const chunk = this.#chunks[0];
      if (!chunk) break;
      const part = chunk.subarray(0, taken.length - filled);
      taken.set(part, filled);
      filled += part.length;
      if (part.length === chunk.length) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(part.length);
    }
    return taken;
  }
}
