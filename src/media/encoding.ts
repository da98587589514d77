/**
 * The one profile every clip and film made here has, so that they join by copying. Two files of the
 * same size made with it have the same parameter sets; `test/media` holds that.
 */

/** Frames a second of every film: the cinema's rate. */
export const FRAME_RATE = 24;

/** MP4 ticks a second: 512 to a frame at 24, and exact at 25 and 30 too, as FFmpeg's own default is. */
export const videoTimescale = (frameRate: number): number => frameRate * 512;

/**
 * A closed GOP a second. A crossfade re-encodes from the keyframe before it to the keyframe after it,
 * so a shorter GOP re-encodes less and weighs more.
 */
export const GOP_FRAMES = 24;

/** High profile, closed GOPs: every keyframe is an IDR, at which a copy may begin or end. */
export const X264_OPTIONS = {
  preset: 'veryfast',
  crf: 20,
  // Keyframes at fixed places only, so that the stretch a crossfade must re-encode is bounded.
  sc_threshold: 0,
} as const;

/** Fixed, so that memory stays small with several clips at once and the same input gives the same bytes on any machine. */
export const ENCODER_THREADS = 4;

/** The index in front, so that a browser plays the film while it loads. */
export const MP4_OPTIONS = { movflags: '+faststart' } as const;

/** RGBA of a canvas (full range, sRGB primaries = bt709) to the film's picture. */
export const RGBA_TO_FILM =
  'scale=out_color_matrix=bt709:out_range=tv:flags=bilinear,format=yuv420p,' +
  'setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv,setsar=1';

/** Hz; the rate of film and television sound. */
export const SAMPLE_RATE = 48_000;
/** Stereo. */
export const CHANNELS = 2;
/** Samples of an AAC-LC frame (ISO/IEC 14496-3). */
export const AAC_FRAME_SAMPLES = 1_024;
/** bits/s; transparent for stereo speech and music in AAC-LC. */
export const AAC_BITRATE = 160_000;
