/** Every capability that a vendor may offer; a new one is a file beside this one and a line here. */
import { clip } from './clip.ts';
import { keyframe } from './keyframe.ts';
import { moments } from './moments.ts';
import { storyboard } from './storyboard.ts';
import { transcript } from './transcript.ts';

export const CAPABILITIES = {
  STORYBOARD: storyboard,
  KEYFRAME: keyframe,
  CLIP: clip,
  TRANSCRIPT: transcript,
  MOMENTS: moments,
};

/** What a vendor offers, by the name of the capability. */
export type CapabilityOf = {
  [Name in keyof typeof CAPABILITIES]: NonNullable<(typeof CAPABILITIES)[Name]['offered']>;
};
