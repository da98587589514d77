/** What there is to know of a model of Google's. */
import type { VideoClipSource } from '../../../generated/prisma/client.ts';
import type { ClipOption } from '../../capabilities/clip.ts';
import type { Model } from '../../model.ts';

/** Which of Google's two ways in: the Gemini API with a key, or Vertex AI with a project. */
export type Surface = 'GEMINI' | 'VERTEX';

/** What its models are bought for here. */
export type GoogleCall = 'STORYBOARD' | 'KEYFRAME' | 'CLIP' | 'TRANSCRIPT';

/** How a model is spoken to. */
export type Protocol = 'CONTENT' | 'VEO' | 'OMNI';

export const RESOLUTIONS = ['360p', '720p', '1080p', '4k'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** Lengths that hold for some of what a model makes. */
export type ClipLengths = {
  resolutions: readonly Resolution[];
  clipsFrom: VideoClipSource;
  /** Seconds, in order. */
  seconds: readonly number[];
  /** Where it was read: an address a person can open. */
  source: string;
  /** Day on which it was read there. */
  asOf: string;
};

/** What a video model takes. */
export type VideoLimits = {
  lengths: readonly ClipLengths[];
  resolutions: readonly Resolution[];
  options: readonly ClipOption[];
  /** Reference images that it films from at most, in place of a first and a last frame. */
  maxReferences: number;
};

/** One model. */
export type GoogleModel = Required<Model> & {
  call: GoogleCall;
  protocol: Protocol;
  surfaces: readonly Surface[];
  /** Location on Vertex that has it; null for the configured one. */
  location: string | null;
  /** Of a video model. */
  video: VideoLimits | null;
  /** Pictures that it draws another one from, at most; 0 of a model that does not draw. */
  maxInputPictures: number;
};

export const BOTH = ['GEMINI', 'VERTEX'] as const satisfies Surface[];
/** Of a model of which no end was told. */
export const STAYS = { retiresOn: null, replacement: null } as const;
