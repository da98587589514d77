import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { serveChildJob } from '../../../src/media/child/main.ts';
import { makeClip } from '../../../src/media/cut/make-clip.ts';
import { drawNumbered } from './draw-numbered.ts';
import { lookAtClip } from './look-at-clip.ts';
import type { CutWish, SeenCut } from './numbered.ts';

serveChildJob(async ({ directory, wishes }: { directory: string; wishes: CutWish[] }) => {
  const cuts: SeenCut[][] = [];
  for (const wish of wishes) cuts.push(await cutOne(join(directory, String(cuts.length)), wish));
  return cuts;
});

async function cutOne(directory: string, { film, ranges, loudness = false }: CutWish): Promise<SeenCut[]> {
  await mkdir(directory);
  const file = await drawNumbered(directory, film);
  const source = await lookAtClip(file);
  const cuts: SeenCut[] = [];
  for (const [startSeconds, endSeconds] of ranges) {
    const where = { file, directory, fileName: 'cut.mp4', startSeconds, endSeconds };
    const clip = await makeClip({ ...where, framing: null, captions: null, loudness }, () => {});
    const seen = await lookAtClip(join(directory, where.fileName));
    cuts.push({ clip, seen, source, left: await readdir(directory) });
  }
  return cuts;
}
