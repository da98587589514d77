import type { Measured, PictureTrack, SoundTrack } from './measure.ts';

/** A clip as the joiners need it: its picture may come from a normalised copy, its sound from the original. */
export type StitchClip = {
  pictureFile: string;
  picture: PictureTrack;
  soundFile: string;
  sound: SoundTrack | null;
  /** Where the picture begins on the sound file's clock. */
  soundOffsetSeconds: number;
};

/** The clip as it came. */
export const clipOf = (file: string, { picture, sound }: Measured): StitchClip => ({
  pictureFile: file,
  picture,
  soundFile: file,
  sound,
  soundOffsetSeconds: picture.start / picture.timescale,
});
