import { createCanvas } from '@napi-rs/canvas';
import { type ReportProgress, serveChildJob } from '../child/main.ts';
import type { ChooseStillsJob, ChosenStill } from './choose-stills.ts';
import { meritOf } from './merit.ts';
import { readStill } from './read-still.ts';

/** Pictures that are looked at for each one that is chosen. */
const LOOKS = 5;
/** px: faces are seen in it, noise is not. */
const LOOK = { width: 240, height: 136 } as const;
/** Of a film's length: nearer to its ends it is likely to be black or fading. */
const EDGE_SHARE = 0.08;

serveChildJob(({ file, durationSeconds, count }: ChooseStillsJob, progress) =>
  choose(file, durationSeconds, count, progress),
);

async function choose(
  file: string,
  durationSeconds: number,
  count: number,
  progress: ReportProgress,
): Promise<ChosenStill[]> {
  const looks = count * LOOKS;
  const stills: ChosenStill[] = [];
  for (let look = 0; look < looks; look += 1) {
    const share = EDGE_SHARE + ((1 - 2 * EDGE_SHARE) * (look + 0.5)) / looks;
    const atSeconds = share * durationSeconds;
    stills.push({ atSeconds, merit: await lookAt(file, atSeconds) });
    progress((look + 1) / looks);
  }
  return apart(stills, durationSeconds / (2 * count)).slice(0, count);
}

async function lookAt(file: string, atSeconds: number): Promise<number> {
  const still = await readStill(file, atSeconds);
  const canvas = createCanvas(LOOK.width, LOOK.height);
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(still, 0, 0, LOOK.width, LOOK.height);
  return meritOf(context.getImageData(0, 0, LOOK.width, LOOK.height).data, LOOK.width);
}

/** The best first, without those that are too near to a better one. */
function apart(stills: readonly ChosenStill[], seconds: number): ChosenStill[] {
  const kept: ChosenStill[] = [];
  for (const still of stills.toSorted((one, other) => other.merit - one.merit)) {
    if (kept.every((better) => Math.abs(better.atSeconds - still.atSeconds) >= seconds)) kept.push(still);
  }
  return kept;
}
