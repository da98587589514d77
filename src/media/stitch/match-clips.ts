import { join } from 'node:path';
import * as av from 'node-av/constants';
import type { Frame } from 'node-av/lib';
import { FRAME_RATE } from '../encoding.ts';
import { openFilmWriter } from '../write/film-writer.ts';
import { isFilmLike } from '../read/look.ts';
import { measure, trackSeconds } from '../read/measure.ts';
import { namingFile } from '../read/open-media.ts';
import { readFrames } from '../read/read-frames.ts';
import type { StitchClip } from './stitch-clip.ts';
import { toFilm } from '../still/to-film.ts';
import { writePicture } from '../write/write-picture.ts';

type Target = {
  /** px */
  size: { width: number; height: number };
  /** Whether new frames will be encoded between the clips, so that all must be of the film profile. */
  joinsWithNewFrames: boolean;
  /** Where normalised pictures are put. */
  directory: string;
};

/**
 * Gives the clips pictures whose packets can follow each other: as they are where they agree, else
 * those that differ from the film profile are encoded anew. `onShare` hears of the latter only.
 */
export async function matchClips(
  clips: readonly StitchClip[],
  target: Target,
  onShare: (share: number) => void,
): Promise<{ clips: StitchClip[]; normalised: number }> {
  if (!target.joinsWithNewFrames && agree(clips, target.size)) return { clips: [...clips], normalised: 0 };
  const signature = await filmSignature(target);
  const unlike = clips.filter((clip) => clip.picture.signature !== signature || !isCopyable(clip));
  const total = unlike.reduce((sum, { picture }) => sum + trackSeconds(picture), 0);
  let done = 0;
  const matched: StitchClip[] = [];
  for (const [index, clip] of clips.entries()) {
    if (!unlike.includes(clip)) {
      matched.push(clip);
      continue;
    }
    const file = join(target.directory, `clip-${index}.mp4`);
    const frames = framesOf(clip.pictureFile, (seconds) => onShare((done + seconds) / total));
    await namingFile(clip.pictureFile, () =>
      writePicture(file, toFilm(clip.look, target.size, trackSeconds(clip.picture)), frames),
    );
    done += trackSeconds(clip.picture);
    matched.push({ ...clip, pictureFile: file, picture: (await measure(file)).picture });
  }
  return { clips: matched, normalised: unlike.length };
}

async function* framesOf(file: string, onSecond: (seconds: number) => void): AsyncGenerator<Frame> {
  for await (const { frame, seconds } of readFrames(file, 0)) {
    yield frame;
    onSecond(seconds);
  }
}

const agree = (clips: readonly StitchClip[], { width, height }: Target['size']): boolean =>
  clips.every(
    (clip) =>
      clip.picture.signature === clips[0]?.picture.signature &&
      clip.picture.width === width &&
      clip.picture.height === height &&
      isCopyable(clip),
  );

/** A copy begins at a keyframe that is shown first; and what every player shows alike is H.264 in High profile. */
const isCopyable = ({ picture, look }: StitchClip) =>
  picture.codec === 'h264' &&
  picture.profile === av.AV_PROFILE_H264_HIGH &&
  picture.hasSquarePixels &&
  picture.isSteady &&
  picture.first >= 0 &&
  picture.keyframes[0] === picture.first &&
  isFilmLike(look);

/** The signature every picture of the film profile has at this size, by making one. */
async function filmSignature({ size, directory }: Target): Promise<string> {
  const file = join(directory, 'profile.mp4');
  const film = await openFilmWriter(file, { ...size, frameRate: FRAME_RATE });
  await film.writeFrame(Buffer.alloc(size.width * size.height * 4));
  await film.close();
  return (await measure(file)).picture.signature;
}
