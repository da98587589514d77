import { join } from 'node:path';
import { serveChildJob } from '../../../src/media/child/main.ts';
import { makeClip } from '../../../src/media/cut/make-clip.ts';
import { lookAtClip } from './look-at-clip.ts';
import type { SeenCut } from './numbered.ts';

type Job = { directory: string; file: string; ranges: [number, number][]; loudness: boolean };

serveChildJob(async ({ directory, file, ranges, loudness }: Job) => {
  const cuts: SeenCut[] = [];
  for (const [startSeconds, endSeconds] of ranges) {
    const where = { file, directory, fileName: 'cut.mp4', startSeconds, endSeconds };
    const job = { ...where, framing: null, captions: null, loudness };
    const clip = await makeClip(job, () => {});
    cuts.push({ clip, seen: await lookAtClip(join(directory, job.fileName)) });
  }
  return cuts;
});
