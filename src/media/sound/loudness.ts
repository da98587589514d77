import type { Frame } from 'node-av/lib';
import { SoundFilter } from './filter-sound.ts';

/** How loud a stretch of sound is, by EBU R 128. */
export type Loudness = {
  /** LUFS, integrated; null of silence, and of less than the 0.4 s it takes to measure. */
  lufs: number | null;
  /** dBTP: the highest point of the wave between its samples; null of silence. */
  truePeakDb: number | null;
};

/** What the measure says of sound under its gate. */
const GATE_LUFS = -70;
/** True peaks under this are of silence, dither and all. */
const SILENT_DB = -100;

/** Measures interleaved 48 kHz stereo as it comes. Only inside a media child. */
export class LoudnessMeter {
  readonly #filter = new SoundFilter('ebur128=metadata=1:peak=true');
  #lufs: number | null = null;
  #peak = 0;

  push(chunk: Float32Array): void {
    for (const frame of this.#filter.push(chunk)) this.#read(frame);
  }

  end(): Loudness {
    for (const frame of this.#filter.end()) this.#read(frame);
    const truePeakDb = 20 * Math.log10(this.#peak);
    return { lufs: this.#lufs, truePeakDb: truePeakDb > SILENT_DB ? truePeakDb : null };
  }

  #read(frame: Frame): void {
    const told = frame.getMetadata().getAll();
    const integrated = Number(told['lavfi.r128.I'] ?? GATE_LUFS);
    if (integrated > GATE_LUFS) this.#lufs = integrated;
    for (const channel of ['ch0', 'ch1']) {
      this.#peak = Math.max(this.#peak, Number(told[`lavfi.r128.true_peaks_${channel}`] ?? 0));
    }
    frame.free();
  }
}

/** Measures all of a sound. Only inside a media child. */
export async function measureLoudness(chunks: AsyncIterable<Float32Array>): Promise<Loudness> {
  const meter = new LoudnessMeter();
  for await (const chunk of chunks) meter.push(chunk);
  return meter.end();
}
