import * as av from 'node-av/constants';
import { AS_FILM, FRAME_RATE } from '../encoding.ts';
import { aspectOf, fittingOf } from './fitting.ts';
import { isHdr, type Look } from '../read/look.ts';

/** FFmpeg filter chains that make a film's pictures out of any. */

/** Nits of white in HDR pictures; HDR's highlights are brighter (ITU-R BT.2408). */
const HDR_WHITE_NITS = 203;
/** Nits of the brightest highlight that keeps its drawing; what most HDR films are made for. */
const HDR_PEAK_NITS = 1_000;
/** Share of white up to which HDR pictures keep their brightness; above, highlights are pressed together. */
const HDR_KEPT_SHARE = 0.3;

type Size = { width: number; height: number };

/**
 * Pictures of such a look and so many seconds: upright, of the film's size and at the film's rate. Those of nearly its shape
 * fill the frame, and lose what hangs over; others are whole, in the middle of black.
 */
export const toFilm = (look: Look, { width, height }: Size, seconds: number): string =>
  [
    ...upright(look),
    // To the nearest frame; but what is shorter than half of one would be nothing.
    `fps=${FRAME_RATE}:eof_action=${seconds * FRAME_RATE < 1 ? 'pass' : 'round'}`,
    squarePixels,
    `scale=${width}:${height}:force_original_aspect_ratio=${fills(look, { width, height }) ? 'increase' : 'decrease'}:force_divisible_by=2`,
    ...toBt709(look),
    fills(look, { width, height }) ? `crop=${width}:${height}` : `pad=${width}:${height}:-1:-1:color=black`,
    AS_FILM,
  ].join(',');

const fills = ({ aspect }: Look, size: Size): boolean => fittingOf(aspect, aspectOf(size)) !== 'PADDED';

/** One picture of such a look, upright, in the colours of the web. */
export const toStill = (look: Look): string =>
  [
    ...upright(look),
    squarePixels,
    ...toBt709(look),
    'scale=in_color_matrix=bt709:in_range=tv:out_range=pc,format=rgba',
  ].join(',');

/** Pictures of such a look and of any size and rate: upright, with square pixels, in the film's colours. */
export const toUpright = (look: Look): string => [...upright(look), squarePixels, ...toBt709(look)].join(',');

const squarePixels = "scale=w='max(2,trunc(iw*sar/2)*2)':h='max(2,trunc(ih/2)*2)',setsar=1";

/** Progressive and as it is to be shown, with all that is known of its colours. */
const upright = ({ turn, isInterlaced, isFullRange, primaries, transfer, matrix }: Look): string[] => [
  `setparams=color_primaries=${primaries}:color_trc=${transfer}:colorspace=${matrix}:range=${isFullRange ? 'pc' : 'tv'}`,
  ...(isInterlaced ? ['bwdif=mode=send_frame:deint=all'] : []),
  ...(turn === null ? [] : [turn]),
];

/** Colours of the same primaries need another matrix and range at most. */
const NARROW_PRIMARIES: readonly number[] = [av.AVCOL_PRI_BT709, av.AVCOL_PRI_UNSPECIFIED];

function toBt709(look: Look): string[] {
  if (isHdr(look)) return [...hdrToLinear, 'zscale=t=bt709:m=bt709:r=tv', 'format=yuv420p'];
  if (NARROW_PRIMARIES.includes(look.primaries))
    return ['scale=out_color_matrix=bt709:out_range=tv', 'format=yuv420p'];
  return ['zscale=p=bt709:t=bt709:m=bt709:r=tv', 'format=yuv420p'];
}

/** Light of 1 is white; colours outside of BT.709 become its nearest. */
const hdrToLinear = [
  `zscale=t=linear:npl=${HDR_WHITE_NITS}`,
  'format=gbrpf32le',
  'zscale=p=bt709',
  `tonemap=mobius:param=${HDR_KEPT_SHARE}:peak=${HDR_PEAK_NITS / HDR_WHITE_NITS}`,
];
