import type { Frame } from 'node-av/lib';
import { filterSound } from './filter-sound.ts';

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

/** Measures interleaved 48 kHz stereo. Only inside a media child. */
export async function measureLoudness(chunks: AsyncIterable<Float32Array>): Promise<Loudness> {
  let lufs: number | null = null;
  let peak = 0;
  for await (const frame of filterSound(chunks, 'ebur128=metadata=1:peak=true')) {
    const told = numbersOf(frame);
    const integrated = told.get('lavfi.r128.I') ?? GATE_LUFS;
    if (integrated > GATE_LUFS) lufs = integrated;
    for (const channel of ['ch0', 'ch1'])
      peak = Math.max(peak, told.get(`lavfi.r128.true_peaks_${channel}`) ?? 0);
    frame.free();
  }
  const truePeakDb = 20 * Math.log10(peak);
  return { lufs, truePeakDb: truePeakDb > SILENT_DB ? truePeakDb : null };
}

const numbersOf = (frame: Frame): Map<string, number> =>
  new Map(Object.entries(frame.getMetadata().getAll()).map(([name, value]) => [name, Number(value)]));
