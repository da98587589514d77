import { serveChildJob } from '../../../src/media/child/main.ts';
import { SAMPLE_RATE } from '../../../src/media/encoding.ts';
import { readSound } from '../../../src/media/read/read-sound.ts';

serveChildJob(async ({ file }: { file: string }) => {
  const samples = await readSound(file, 0, SAMPLE_RATE * 2);
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
});
