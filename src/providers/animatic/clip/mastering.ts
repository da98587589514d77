import { SAMPLE_RATE } from '../../../media/encoding.ts';
import type { Speech } from './wave.ts';

/** RMS of the spoken parts: about -20 dBFS, where dialogue sits (near -23 LUFS with its pauses). */
const TARGET_RMS = 0.1;
/** -1.5 dBFS: room for what AAC overshoots. */
const CEILING = 0.84;
const FADE_SECONDS = 0.02;
/** Samples quieter than this are pauses. */
const SPEECH_FLOOR = 0.01;
/** Zero crossings of the resampling kernel on each side. */
const KERNEL_REACH = 12;

/** The voice at the film's rate and a film's loudness, with soft ends. */
export function master(speech: Speech): Float32Array {
  const samples = resample(speech);
  const gain = gainFor(samples);
  const fade = Math.round(FADE_SECONDS * SAMPLE_RATE);
  return samples.map((sample, index) => {
    const edge = Math.min(1, index / fade, (samples.length - 1 - index) / fade);
    return softLimit(sample * gain) * edge;
  });
}

function gainFor(samples: Float32Array): number {
  let energy = 0;
  let count = 0;
  for (const sample of samples) {
    if (Math.abs(sample) < SPEECH_FLOOR) continue;
    energy += sample * sample;
    count += 1;
  }
  return count === 0 ? 1 : TARGET_RMS / Math.sqrt(energy / count);
}

/** Bends peaks under the ceiling instead of clipping them. */
const softLimit = (sample: number): number => CEILING * Math.tanh(sample / CEILING);

/** Windowed-sinc interpolation to 48 kHz. */
function resample({ samples, rate }: Speech): Float32Array {
  const step = rate / SAMPLE_RATE;
  const out = new Float32Array(Math.floor(samples.length / step));
  for (let index = 0; index < out.length; index += 1) {
    const at = index * step;
    const first = Math.ceil(at - KERNEL_REACH);
    let sum = 0;
    for (let tap = Math.max(0, first); tap <= Math.min(samples.length - 1, at + KERNEL_REACH); tap += 1)
      sum += (samples[tap] ?? 0) * kernel(at - tap);
    out[index] = sum;
  }
  return out;
}

function kernel(x: number): number {
  if (Math.abs(x) < 1e-9) return 1;
  const angle = Math.PI * x;
  return (Math.sin(angle) / angle) * (0.5 + 0.5 * Math.cos(angle / KERNEL_REACH));
}
