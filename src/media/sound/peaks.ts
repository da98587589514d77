import { CHANNELS, SAMPLE_RATE } from '../encoding.ts';

/** A waveform as players read it: audiowaveform's JSON, version 2. */
export type Waveform = {
  version: 2;
  channels: 1;
  sample_rate: number;
  samples_per_pixel: number;
  bits: 8;
  /** Pixels. */
  length: number;
  /** Lowest and highest sample of each pixel, -128 to 127, in turn. */
  data: number[];
};

/** A twentieth of a second. */
const SAMPLES_PER_PIXEL = SAMPLE_RATE / 20;

/** Draws the waveform of interleaved 48 kHz stereo as it comes. Pure. */
export class Peaks {
  readonly #data: number[] = [];
  #lowest = 0;
  #highest = 0;
  #samples = 0;

  push(chunk: Float32Array): void {
    for (let at = 0; at < chunk.length; at += CHANNELS) {
      const sample = ((chunk[at] ?? 0) + (chunk[at + 1] ?? 0)) / CHANNELS;
      this.#lowest = Math.min(this.#lowest, sample);
      this.#highest = Math.max(this.#highest, sample);
      this.#samples += 1;
      if (this.#samples === SAMPLES_PER_PIXEL) this.#endPixel();
    }
  }

  end(): Waveform {
    if (this.#samples > 0) this.#endPixel();
    return {
      version: 2,
      channels: 1,
      sample_rate: SAMPLE_RATE,
      samples_per_pixel: SAMPLES_PER_PIXEL,
      bits: 8,
      length: this.#data.length / 2,
      data: this.#data,
    };
  }

  #endPixel(): void {
    this.#data.push(inByte(this.#lowest), inByte(this.#highest));
    this.#lowest = 0;
    this.#highest = 0;
    this.#samples = 0;
  }
}

const inByte = (sample: number): number => Math.max(-128, Math.min(127, Math.round(sample * 127)));
