import { join } from 'node:path';
import type { TimedWord } from '../../text/timed-words.ts';
import { writeAss } from '../captions/ass.ts';
import { burnFilter } from '../captions/burn.ts';
import { wordsOfClip } from '../captions/clip-words.ts';
import type { ReportProgress } from '../child/main.ts';
import { SAMPLE_RATE } from '../encoding.ts';
import { describe } from '../read/describe.ts';
import { readLook } from '../read/look.ts';
import { measure } from '../read/measure.ts';
import { namingFile, openMedia } from '../read/open-media.ts';
import { uprightSize } from '../read/upright-size.ts';
import { levelSound, type SoundSource, writeSound } from '../sound/level-sound.ts';
import { measureLoudness } from '../sound/loudness.ts';
import { rangeSound } from '../sound/range-sound.ts';
import type { ClipJob, CutClip } from './cut-clip.ts';
import type { ClipTrack } from './clip-track.ts';
import { planCopy } from './copy-plan.ts';
import { copyableTrack } from './copyable.ts';
import { withFadedEdges } from './edge-fades.ts';
import { encodedTrack } from './encoded-track.ts';
import { PictureChain } from './picture-chain.ts';
import { frameRateOf, type PictureTimes, readPictureTimes, requirePicture } from './picture-times.ts';
import { smartTrack } from './smart-track.ts';
import { writeClip } from './write-clip.ts';

/** Share of the work after which the sound is done. */
const SOUND_DONE = 0.15;

/** Cuts the clip of a job into its directory. Only inside a media child. */
export const makeClip = (job: ClipJob, progress: ReportProgress): Promise<CutClip> =>
  namingFile(job.file, async () => {
    const times = await readPictureTimes(job.file, job.startSeconds, job.endSeconds);
    const startSeconds = (times.shown[0] ?? 0) * times.tickSeconds;
    const endSeconds = times.endTick * times.tickSeconds;
    const sound = await makeSound(job, startSeconds, endSeconds - startSeconds);
    progress(SOUND_DONE);
    const seconds = endSeconds - startSeconds;
    const words = wordsOfClip(job.captions?.words ?? [], startSeconds, endSeconds);
    const track = await makeTrack(job, times, words, (done) =>
      progress(SOUND_DONE + (done / seconds) * (1 - SOUND_DONE)),
    );
    const file = join(job.directory, job.fileName);
    await writeClip(file, job.file, track, times, sound.file);
    return {
      ...describe(await measure(file)),
      // Packets of unsteady films do not tell how long their pictures are shown.
      durationSeconds: seconds,
      startSeconds,
      endSeconds,
      frames: times.shown.length,
      copiedFrames: track.copiedFrames,
      loudness: sound.loudness,
      words,
    };
  });

async function makeSound({ file, directory, loudness }: ClipJob, fromSeconds: number, seconds: number) {
  const samples = Math.round(seconds * SAMPLE_RATE);
  const source: SoundSource = {
    read: () => withFadedEdges(rangeSound(file, fromSeconds, samples), samples),
    samples,
  };
  if (loudness) return levelSound(directory, source);
  const plain = join(directory, 'sound.m4a');
  await writeSound(plain, source.read());
  return { file: plain, loudness: await measureLoudness(rangeSound(plain, 0, samples)) };
}

async function makeTrack(
  { file, framing, captions: wish, directory }: ClipJob,
  times: PictureTimes,
  words: readonly TimedWord[],
  onSeconds: (seconds: number) => void,
): Promise<ClipTrack> {
  const [startTick = 0] = times.shown;
  await using media = await openMedia(file);
  const stream = requirePicture(media.video(), file);
  const look = await readLook(file, startTick * times.tickSeconds);
  const seconds = (times.endTick - startTick) * times.tickSeconds;
  const ass = writeAss(words, wish?.style ?? 'NONE', framing ?? uprightSize(stream, look), seconds);
  const captions = ass && (await burnFilter(directory, ass));
  const isChanged = framing !== null || captions !== null;
  const source = isChanged ? null : copyableTrack(stream, look, times);
  const plan = source && planCopy(times);
  if (plan) return smartTrack(file, times, plan, source, onSeconds);
  const chain = new PictureChain({
    look,
    framing,
    finish: captions,
    startTick,
    tickSeconds: times.tickSeconds,
  });
  return encodedTrack(file, times, frameRateOf(stream), chain, onSeconds);
}
