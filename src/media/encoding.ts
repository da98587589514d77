/**
 * The one profile every clip and film made here has, so that they join by copying. Two files of the
 * same size made with it have the same parameter sets; `test/media` holds that.
 */

/** Frames a second of every film: the cinema's rate. */
export const FRAME_RATE = 24;

/** MP4 ticks a second: 512 to a frame at 24, and exact at 25 and 30 too, as FFmpeg's own default is. */
export const videoTimescale = (frameRate: number): number => frameRate * 512;

/**
 * A closed GOP a second. A crossfade makes what follows it be encoded up to the next keyframe, so a
 * shorter GOP re-encodes less and weighs more. Measured on a slowly zoomed still of 4 s, the worst
 * case: 1.75 Mbit/s at 48 frames, 21 % more at 24, 75 % more at 12.
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

/** Says of frames of the film's format what they are. */
export const AS_FILM =
  'format=yuv420p,setsar=1,' +
  'setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv:chroma_location=left';

/** Frames that are the film's already. */
export const FILM_TO_FILM = AS_FILM;

/** A canvas's RGBA (full range, sRGB's primaries, which are bt709's). */
export const RGBA_TO_FILM = `scale=out_color_matrix=bt709:out_range=tv:flags=bilinear,${AS_FILM}`;

/** Hz; the rate of film and television sound. */
export const SAMPLE_RATE = 48_000;
/** Stereo. */
export const CHANNELS = 2;
/** Samples of an AAC-LC frame (ISO/IEC 14496-3). */
export const AAC_FRAME_SAMPLES = 1_024;
/** bits/s; transparent for stereo speech and music in AAC-LC. */
export const AAC_BITRATE = 160_000;
