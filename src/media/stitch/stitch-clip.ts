import type { Look } from '../read/look.ts';
import type { Measured, PictureTrack, SoundTrack } from '../read/measure.ts';

/** A clip as the joiners need it: its picture may come from a normalised copy, its sound from the original. */
export type StitchClip = {
  pictureFile: string;
  picture: PictureTrack;
  look: Look;
  soundFile: string;
  sound: SoundTrack | null;
  /** Where the picture begins on the sound file's clock. */
  soundOffsetSeconds: number;
};

/** The clip as it came. */
export const clipOf = (file: string, { picture, sound }: Measured, look: Look): StitchClip => ({
  pictureFile: file,
  picture,
  look,
  soundFile: file,
  sound,
  soundOffsetSeconds: picture.start / picture.timescale,
});
