import { CHANNELS, SAMPLE_RATE } from '../encoding.ts';

/** Long enough that a cut in the middle of a wave does not click, too short to be heard. */
const FADE_SAMPLES = SAMPLE_RATE / 100;

/** Fades the first and the last 10 ms of interleaved stereo of so many samples in all, in place. */
export async function* withFadedEdges(
  chunks: AsyncIterable<Float32Array>,
  samples: number,
): AsyncGenerator<Float32Array> {
  const fade = Math.min(FADE_SAMPLES, Math.floor(samples / 2));
  let at = 0;
  for await (const chunk of chunks) {
    const first = at;
    at += chunk.length / CHANNELS;
    if (first < fade || at > samples - fade) {
      for (let i = 0; i < chunk.length; i += 1) {
        const place = first + Math.floor(i / CHANNELS);
        const share = Math.min(1, (place + 0.5) / fade, (samples - place - 0.5) / fade);
        chunk[i] = (chunk[i] ?? 0) * Math.max(0, share);
      }
    }
    yield chunk;
  }
}
