import { join } from 'node:path';
import type { ReportProgress } from '../child/main.ts';
import { crossfadeFrames } from './crossfade.ts';
import { describe } from '../read/describe.ts';
import { FRAME_RATE } from '../encoding.ts';
import { makePieces } from './film-pieces.ts';
import { aspectOf, fittingOf } from '../still/fitting.ts';
import { planFilm } from './film-plan.ts';
import { readLook } from '../read/look.ts';
import { matchClips } from './match-clips.ts';
import { measure, trackSeconds } from '../read/measure.ts';
import { writeChapters } from './mp4-chapters.ts';
import { clipOf, type StitchClip } from './stitch-clip.ts';
import type { Chapter, Stitched, StitchJob, StitchMethod } from './stitch.ts';
import { writeFilm } from './write-film.ts';

/** Shares of the work after which the clips match, and after which the crossfades are made. */
const MATCHED = 0.6;
const FADED = 0.9;

/** Joins the clips of a job to one file in its directory. Only inside a media child. */
export async function makeFilm(job: StitchJob, progress: ReportProgress): Promise<Stitched> {
  const given: StitchClip[] = [];
  for (const file of job.clips) given.push(clipOf(file, await measure(file), await readLook(file)));
  const wished = given.length > 1 ? job.crossfadeSeconds : 0;
  const target = { size: job.size, joinsWithNewFrames: wished > 0, directory: job.directory };
  const { clips, normalised } = await matchClips(given, target, (share) => progress(share * MATCHED));

  const timescale = clips[0]?.picture.timescale ?? 1;
  const overlaps = crossfadeFrames(wished, clips.map(framesIn));
  const plan = planFilm(
    clips.map(spanOf),
    overlaps.map((frames) => Math.round((frames * timescale) / FRAME_RATE)),
  );
  const durationSeconds = plan.duration / timescale;
  const startsSeconds = plan.starts.map((start) => start / timescale);
  const onSecond = (seconds: number) => progress(MATCHED + (seconds / durationSeconds) * (FADED - MATCHED));
  const pieces = await makePieces(clips, plan, job.directory, onSecond);

  const file = join(job.directory, job.fileName);
  const bare = join(job.directory, 'bare.mp4');
  const crossfadesSeconds = overlaps.map((frames) => frames / FRAME_RATE);
  const sound = { startsSeconds, crossfadesSeconds, durationSeconds };
  const chapters = chaptersOf(job.titles, startsSeconds, durationSeconds);
  await writeFilm(bare, pieces, clips, sound, (share) => progress(FADED + share * (1 - FADED)));
  await writeChapters(bare, chapters, file);
  return {
    ...describe(await measure(file)),
    method: methodOf(normalised, overlaps),
    clipStartsSeconds: startsSeconds,
    crossfadesSeconds,
    chapters,
    fittings: given.map(({ look }) => fittingOf(look.aspect, aspectOf(job.size))),
  };
}

const methodOf = (normalised: number, overlaps: readonly number[]): StitchMethod => {
  if (normalised > 0) return 'FULL';
  return overlaps.some((frames) => frames > 0) ? 'TRANSITIONS' : 'COPY';
};

/** A clip's chapter ends where the next one begins, so that a crossfade is the incoming one's. */
const chaptersOf = (titles: readonly string[], starts: readonly number[], end: number): Chapter[] =>
  titles.map((title, index) => ({
    title,
    startSeconds: starts[index] ?? end,
    endSeconds: starts[index + 1] ?? end,
  }));

const framesIn = ({ picture }: StitchClip) => Math.round(trackSeconds(picture) * FRAME_RATE);

const spanOf = ({ picture: { start, end, keyframes, exits } }: StitchClip) => ({
  duration: end - start,
  keyframes: keyframes.map((tick) => tick - start),
  exits: exits.map((tick) => tick - start),
});
