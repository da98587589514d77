import * as av from 'node-av/constants';
import { Log } from 'node-av/lib';
import { serveChildJob } from '../../../src/media/child/main.ts';
import { CHANNELS, FRAME_RATE, SAMPLE_RATE } from '../../../src/media/encoding.ts';
import { readFrames } from '../../../src/media/read/read-frames.ts';
import { readSound } from '../../../src/media/read/read-sound.ts';
import type { Watched } from './clips.ts';

serveChildJob(async (file: string): Promise<Watched> => {
  let complaints = 0;
  Log.setCallback(() => (complaints += 1), { maxLevel: av.AV_LOG_ERROR });
  const watched: Watched = {
    greys: [],
    seconds: [],
    loudness: [],
    size: { width: 0, height: 0 },
    complaints: 0,
  };
  for await (const { frame, seconds } of readFrames(file, 0)) {
    watched.greys.push(greyAtCentre(frame.toBuffer(), frame.width, frame.height));
    watched.seconds.push(seconds);
    watched.size = { width: frame.width, height: frame.height };
    frame.free();
  }
  const samples = Math.round((watched.greys.length / FRAME_RATE) * SAMPLE_RATE);
  watched.loudness = loudnessOf(await readSound(file, 0, samples));
  return { ...watched, complaints };
});

/** Undoes video range: black is 16, white 235. */
const greyAtCentre = (planes: Buffer, width: number, height: number): number =>
  (((planes[Math.floor(height / 2) * width + width / 2] ?? 0) - 16) * 255) / 219;

function loudnessOf(sound: Float32Array): number[] {
  const window = (SAMPLE_RATE / FRAME_RATE) * CHANNELS;
  return Array.from({ length: Math.floor(sound.length / window) }, (_, index) => {
    const part = sound.subarray(index * window, (index + 1) * window);
    return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / window);
  });
}
