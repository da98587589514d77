import { FilterAPI } from 'node-av/api';
import type { Frame } from 'node-av/lib';
import { type ReportProgress, serveChildJob } from '../child/main.ts';
import { namingFile } from '../read/open-media.ts';
import { readFrames } from '../read/read-frames.ts';
import { SMALL } from './colours.ts';
import type { ShotsJob } from './find-shots.ts';
import { ShotFinder } from './shot-finder.ts';

serveChildJob((job: ShotsJob, progress) => namingFile(job.file, () => findChanges(job, progress)));

async function findChanges({ file, durationSeconds }: ShotsJob, progress: ReportProgress): Promise<number[]> {
  using toSmall = FilterAPI.create(`scale=${SMALL.width}:${SMALL.height}:flags=area,format=rgb24`);
  const finder = new ShotFinder();
  for await (const { frame, seconds } of readFrames(file, 0)) {
    for (const small of toSmall.processAllSync(frame)) {
      finder.push(pixelsOf(small), seconds);
      small.free();
    }
    frame.free();
    progress(seconds / durationSeconds);
  }
  return finder.end();
}

/** A copy: the frame's memory is used again. */
const pixelsOf = (frame: Frame): Uint8Array => Uint8Array.from(frame.toBuffer());
