import { join } from 'node:path';
import type { ReportProgress } from './child-main.ts';
import { crossfadeFrames } from './crossfade.ts';
import { describe } from './describe.ts';
import { FRAME_RATE } from './encoding.ts';
import { makePieces } from './film-pieces.ts';
import { planFilm } from './film-plan.ts';
import { matchClips } from './match-clips.ts';
import { measure, trackSeconds } from './measure.ts';
import { writeChapters } from './mp4-chapters.ts';
import { clipOf, type StitchClip } from './stitch-clip.ts';
import type { Stitched, StitchJob, StitchMethod } from './stitch.ts';
import { writeFilm } from './write-film.ts';

/** Shares of the work after which the clips match, and after which the crossfades are made. */
const MATCHED = 0.6;
const FADED = 0.9;

/** Joins the clips of a job to one file in its directory. Only inside a media child. */
export async function makeFilm(job: StitchJob, progress: ReportProgress): Promise<Stitched> {
  const given: StitchClip[] = [];
  for (const file of job.clips) given.push(clipOf(file, await measure(file)));
  const lengths = given.map(({ picture }) => trackSeconds(picture));
  const overlap = given.length > 1 ? crossfadeFrames(job.crossfadeSeconds, lengths) : 0;
  const target = { size: job.size, joinsWithNewFrames: overlap > 0, directory: job.directory };
  const { clips, normalised } = await matchClips(given, target, (share) => progress(share * MATCHED));

  const timescale = clips[0]?.picture.timescale ?? 1;
  const plan = planFilm(clips.map(spanOf), Math.round((overlap * timescale) / FRAME_RATE));
  const durationSeconds = plan.duration / timescale;
  const startsSeconds = plan.starts.map((start) => start / timescale);
  const onSecond = (seconds: number) => progress(MATCHED + (seconds / durationSeconds) * (FADED - MATCHED));
  const pieces = await makePieces(clips, plan, job.directory, onSecond);

  const file = join(job.directory, job.fileName);
  const bare = join(job.directory, 'bare.mp4');
  const sound = { startsSeconds, crossfadeSeconds: overlap / FRAME_RATE, durationSeconds };
  await writeFilm(bare, pieces, clips, sound, (share) => progress(FADED + share * (1 - FADED)));
  await writeChapters(bare, job.chapters, file);
  return {
    ...describe(await measure(file)),
    method: methodOf(normalised, overlap),
    clipStartsSeconds: startsSeconds,
  };
}

const methodOf = (normalised: number, overlap: number): StitchMethod => {
  if (normalised > 0) return 'FULL';
  return overlap > 0 ? 'TRANSITIONS' : 'COPY';
};

const spanOf = ({ picture: { start, end, keyframes, exits } }: StitchClip) => ({
  duration: end - start,
  keyframes: keyframes.map((tick) => tick - start),
  exits: exits.map((tick) => tick - start),
});
